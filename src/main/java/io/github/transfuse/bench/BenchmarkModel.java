package io.github.transfuse.bench;

import io.github.transfuse.model.Identity;
import io.github.transfuse.model.InputSpec;
import io.github.transfuse.model.ModelFolder;
import io.github.transfuse.model.ModelHistory;
import io.github.transfuse.model.ModelSpec;
import io.github.transfuse.model.Normalization;
import io.github.transfuse.model.OutputSpec;
import io.github.transfuse.network.NetworkSpec;
import io.github.transfuse.network.Start;
import io.github.transfuse.network.TensorSpec;
import io.github.transfuse.network.TransFuseSpec;
import io.github.transfuse.network.Variant;
import io.github.transfuse.weights.DType;
import io.github.transfuse.weights.StoredTensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** A model with random weights: as fast as a trained one, and always at hand. */
public final class BenchmarkModel {

    private static final long SEED = 1;

    private BenchmarkModel() {}

    /**
     * Writes a model for RGB images and one class.
     *
     * @param folder where to
     */
    public static ModelFolder write(Path folder, Variant variant, int height, int width) throws IOException {
        NetworkSpec network = new NetworkSpec(variant, 3, 1, true);
        Random random = new Random(SEED);
        List<StoredTensor> tensors = new ArrayList<>();
        TransFuseSpec.of(network).needed().forEach((key, spec) -> tensors.add(tensor(key, spec, random)));
        InputSpec input = new InputSpec(
                InputSpec.Rule.TILE,
                List.of(height, width),
                0.5,
                Normalization.IMAGENET,
                new InputSpec.Sampling(Optional.empty(), "", InputSpec.Mode.SLICES, 0));
        OutputSpec output = new OutputSpec(
                List.of(new OutputSpec.ClassSpec("foreground", 0xff5050)), OutputSpec.Kind.CLASSES, 0.5, 0, false);
        Identity identity = new Identity("benchmark", "Benchmark", "Random weights to measure speed with.", "CC0-1.0");
        return ModelFolder.write(
                folder, new ModelSpec(identity, network, input, output, ModelHistory.empty()), tensors, DType.F32);
    }

    /**
     * Uniform weights whose spread keeps logits in the tens and every gate away from saturation, as in a trained network:
     * differences between two number formats mean something only there. Norms are neutral.
     */
    private static StoredTensor tensor(String key, TensorSpec spec, Random random) {
        long[] shape = spec.lengths();
        float[] values = new float[Math.toIntExact(spec.count())];
        double spread = shape.length > 1 ? Math.sqrt(gain(key) * shape[0] / spec.count()) : 0;
        double middle = spec.start().equals(Start.ONE) ? 1 : 0;
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (middle + spread * (2 * random.nextDouble() - 1));
        }
        return StoredTensor.ofFloats(key, shape, values);
    }

    private static double gain(String key) {
        if (key.startsWith("resnet.") || key.startsWith("transformer.")) {
            return 3.0;
        } else if (key.contains(".attn_block.")) {
            return 0.375;
        }
        return key.contains(".spatial.") ? 0.75 : 6.0;
    }
}
