package io.github.transfuse.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.transfuse.SampleImage;
import io.github.transfuse.model.ModelFolder;
import io.github.transfuse.network.NetworkSpec;
import io.github.transfuse.network.TransFuseSpec;
import io.github.transfuse.network.Variant;
import io.github.transfuse.weights.PickleBytes;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A published checkpoint becomes a model that the command line segments with. */
class ImportTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"S, --align-corners=true, true", "T, --align-corners=false, false", "T, --align_corners=true, true"})
    void aCheckpointBecomesAModel(String variant, String option, boolean aligned) throws IOException {
        Path published = checkpoint(Variant.of(variant));
        Path output = folder.resolve("my-model");
        String told = run("import", published, "--variant", variant, "--output", output, option);
        assertTrue(told.contains("variant " + variant) && told.contains("aligned corners: " + aligned), told);
        NetworkSpec network = ModelFolder.open(output).spec().network();
        assertEquals(aligned, network.alignCorners());
        assertEquals(3, network.channels());
        assertEquals(1, network.classes());
        String card = Files.readString(output.resolve(ModelFolder.CARD));
        assertTrue(card.contains("published.pth") && card.contains("my-model"), card);
    }

    @Test
    void theModelSegments() throws IOException {
        Path model = folder.resolve("my-model");
        run("import", checkpoint(Variant.T), "--variant", "T", "--output", model);
        Path out = folder.resolve("out");
        run("segment", SampleImage.MOLE.copyTo(folder), "--model", model, "--output", out);
        assertTrue(Files.exists(out.resolve("mole-labels.tif")));
    }

    private static String run(Object... words) {
        String[] args = Arrays.stream(words)
                .map(Object::toString)
                .filter(word -> !word.isEmpty())
                .toArray(String[]::new);
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        assertEquals(0, Main.run(new PrintWriter(out), new PrintWriter(err), args), err.toString());
        return out.toString();
    }

    /** A wrapped zip checkpoint with the prefix of data-parallel training, whose tensors share the zeros of the largest. */
    private Path checkpoint(Variant variant) throws IOException {
        Map<String, List<Long>> shapes = new LinkedHashMap<>();
        TransFuseSpec.of(new NetworkSpec(variant, 3, 1, true))
                .needed()
                .forEach((name, tensor) -> shapes.put(name, tensor.shape()));
        long largest = shapes.values().stream()
                .mapToLong(shape -> shape.stream().reduce(1L, Math::multiplyExact))
                .max()
                .orElseThrow();
        PickleBytes table = PickleBytes.start().op('}').text("state_dict").op('}');
        shapes.forEach((key, shape) -> table.text("module." + key)
                .tensor(largest, 0, shape.stream().mapToLong(Long::longValue).toArray(), contiguous(shape))
                .op('s'));
        return table.op('s').zip(folder.resolve("published.pth"), Math.toIntExact(largest * Float.BYTES), "little");
    }

    private static long[] contiguous(List<Long> shape) {
        long[] strides = new long[shape.size()];
        long stride = 1;
        for (int i = strides.length - 1; i >= 0; i--) {
            strides[i] = stride;
            stride *= shape.get(i);
        }
        return strides;
    }
}
