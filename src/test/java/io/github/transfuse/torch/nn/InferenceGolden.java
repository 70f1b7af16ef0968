package io.github.transfuse.torch.nn;

import static io.github.transfuse.Close.assertClose;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.gson.JsonObject;
import io.github.transfuse.Close;
import io.github.transfuse.GoldenCase;
import io.github.transfuse.GoldenIndex.Entry;
import io.github.transfuse.torch.TorchModels;
import io.github.transfuse.weights.Safetensors;
import io.github.transfuse.weights.TensorStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** Checks forward passes against the reference's. */
public final class InferenceGolden {

    private static final double LOGITS_ATOL = 3e-4;
    private static final double LOGITS64_TOLERANCE = 2e-6;
    private static final double MIN_TAP_ATOL = 1e-5;
    private static final Pattern TAP = Pattern.compile("shape=([\\dx]+);stride=(\\d+)");

    private InferenceGolden() {}

    /** Outputs, all taps, and outputs without aligned corners where stored. */
    public static void check(Entry entry) throws IOException {
        GoldenCase made = entry.made(entry.inferenceFile("logits"));
        Map<String, Recorded> taps = new HashMap<>();
        Map<String, double[]> maps = run(made, true, ScalarType.Float, (name, tensor) -> {
            taps.put(name, new Recorded(ShapeText.of(tensor), StateDict.doubles(tensor)));
            return tensor;
        });
        assertMaps(entry.inferenceFile("logits"), maps, 0, LOGITS_ATOL);
        if (entry.has("taps")) {
            assertTaps(Safetensors.open(entry.inferenceFile("taps")), taps, noise(entry));
        }
        if (entry.has("logits_acfalse")) {
            Map<String, double[]> before2022 = run(made, false, ScalarType.Float, Taps.NONE);
            assertMaps(entry.inferenceFile("logits_acfalse"), before2022, 0, LOGITS_ATOL);
        }
    }

    /** Outputs in float64. */
    public static void check64(Entry entry) throws IOException {
        Map<String, double[]> maps = run(entry.made(entry.file()), true, ScalarType.Double, Taps.NONE);
        assertMaps(entry.file(), maps, LOGITS64_TOLERANCE, LOGITS64_TOLERANCE);
    }

    private static Map<String, double[]> run(GoldenCase made, boolean align, ScalarType format, Taps taps) {
        try (PointerScope scope = new PointerScope();
                NoGradGuard guard = new NoGradGuard();
                TransFuseNetwork network = TorchModels.network(made.spec(align), made.seed())) {
            Device device = GoldenDevice.device();
            network.convert(tensor -> tensor.is_floating_point()
                    ? tensor.to(device, format)
                    : tensor.to(device, tensor.scalar_type().intern()));
            network.train(false);
            float[] pixels = FormulaFill.image(made.batch(), made.height(), made.width(), made.seed());
            Tensor image = Tensor.create(pixels, made.batch(), 3, made.height(), made.width())
                    .to(device, format);
            Logits logits = network.forward(image, taps);
            return Map.of(
                    "map_x", StateDict.doubles(logits.mapX()),
                    "map_1", StateDict.doubles(logits.map1()),
                    "map_2", StateDict.doubles(logits.map2()));
        }
    }

    private static void assertMaps(Path file, Map<String, double[]> maps, double rtol, double atol) throws IOException {
        TensorStore store = Safetensors.open(file);
        assertEquals(maps.keySet(), Set.copyOf(store.names()), "outputs in " + file);
        for (String name : store.names()) {
            double[] expected = store.get(name).doubles();
            double[] actual = maps.get(name);
            assertEquals(expected.length, actual.length, name);
            for (int i = 0; i < expected.length; i++) {
                double bound = Math.max(atol, rtol * Math.abs(expected[i]));
                assertEquals(expected[i], actual[i], bound, file.getFileName() + " " + name + "[" + i + "]");
            }
        }
    }

    private static JsonObject noise(Entry entry) {
        return entry.json().getAsJsonObject("max_abs_f32_minus_f64");
    }

    private static void assertTaps(TensorStore store, Map<String, Recorded> taps, JsonObject noise) throws IOException {
        for (String name : store.names()) {
            if (!name.endsWith(".stats")) {
                double atol = Math.max(10 * noise.get(name).getAsDouble(), MIN_TAP_ATOL);
                Recorded recorded = taps.get(name);
                if (recorded == null) {
                    throw new AssertionError("the network has no tap '" + name + "'");
                }
                assertTap(store, name, recorded, atol);
            }
        }
    }

    private static void assertTap(TensorStore store, String name, Recorded recorded, double atol) throws IOException {
        Matcher form = TAP.matcher(store.metadata().get(name));
        if (!form.matches()) {
            throw new AssertionError("tap '" + name + "' has unreadable metadata " + form);
        }
        long[] shape = Arrays.stream(form.group(1).split("x"))
                .mapToLong(Long::parseLong)
                .toArray();
        assertArrayEquals(shape, recorded.shape(), "shape of tap " + name);
        double[] taken = Close.everyNth(recorded.values(), Integer.parseInt(form.group(2)));
        assertClose("tap " + name, store.get(name).doubles(), taken, 0, atol);
        assertClose(
                "mean, deviation, minimum, maximum of tap " + name,
                store.get(name + ".stats").doubles(),
                statistics(recorded.values()),
                1e-5,
                atol);
    }

    private static double[] statistics(double[] values) {
        double mean = Arrays.stream(values).average().orElseThrow();
        double variance = Arrays.stream(values)
                .map(v -> (v - mean) * (v - mean))
                .average()
                .orElseThrow();
        return new double[] {
            mean,
            Math.sqrt(variance),
            Arrays.stream(values).min().orElseThrow(),
            Arrays.stream(values).max().orElseThrow()
        };
    }

    private record Recorded(long[] shape, double[] values) {}
}
