package io.github.transfuse;

import io.github.transfuse.model.InputSpec;
import io.github.transfuse.model.ModelFolder;
import io.github.transfuse.model.ModelImport;
import io.github.transfuse.model.ModelSpec;
import io.github.transfuse.network.NetworkSpec;
import io.github.transfuse.network.TransFuseSpec;
import io.github.transfuse.network.Variant;
import io.github.transfuse.weights.DType;
import io.github.transfuse.weights.Safetensors;
import io.github.transfuse.weights.StoredTensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Models with random weights: they know nothing, but compute like any other. */
public final class RandomModels {
    private RandomModels() {}

    /** A tiny network for colour pictures, made by an import; the same for the same seed. */
    public static ModelFolder write(Path folder, InputSpec.Rule rule, long seed) throws IOException {
        NetworkSpec network = new NetworkSpec(Variant.T, 3, 1, true);
        Random random = new Random(seed);
        List<StoredTensor> tensors = new ArrayList<>();
        TransFuseSpec.of(network).needed().forEach((name, spec) -> tensors.add(tensor(name, spec.shape(), random)));
        Path weights = Files.createTempFile("random", ".safetensors");
        Safetensors.write(weights, tensors, Map.of());
        ModelFolder imported =
                new ModelImport(Variant.T, true).run(weights, folder).model();
        Files.delete(weights);
        ModelSpec spec = imported.spec();
        InputSpec input = spec.input();
        return imported.rewrite(new ModelSpec(
                spec.identity(),
                network,
                new InputSpec(rule, List.of(64, 96), 0.5, input.normalization(), input.sampling()),
                spec.output(),
                spec.history()));
    }

    private static StoredTensor tensor(String name, List<Long> shape, Random random) {
        long[] lengths = shape.stream().mapToLong(Long::longValue).toArray();
        int count = shape.stream().mapToInt(Long::intValue).reduce(1, (a, b) -> a * b);
        double fanIn = (double) count / lengths[0];
        boolean matrix = lengths.length > 1;
        boolean one = name.endsWith("running_var") || (!matrix && name.endsWith("weight"));
        ByteBuffer data = ByteBuffer.allocate(Float.BYTES * count).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < count; i++) {
            double noise = random.nextGaussian() * (matrix ? Math.sqrt(2 / fanIn) : 0.1);
            data.putFloat((float) (one ? 1 : noise));
        }
        return new StoredTensor(name, DType.F32, lengths, data.flip());
    }
}
