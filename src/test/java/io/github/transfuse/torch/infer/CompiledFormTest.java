package io.github.transfuse.torch.infer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.transfuse.engine.EngineLoader;
import io.github.transfuse.network.NetworkSpec;
import io.github.transfuse.network.Variant;
import io.github.transfuse.torch.TorchModels;
import io.github.transfuse.torch.nn.FormulaFill;
import io.github.transfuse.torch.nn.StateDict;
import io.github.transfuse.torch.nn.TransFuseNetwork;
import java.util.Arrays;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The compiled form computes the network's function. */
class CompiledFormTest {

    private static final double FLOAT32_BOUND = 1e-4;

    @BeforeAll
    static void load() {
        EngineLoader.engine();
    }

    @ParameterizedTest
    @CsvSource({
        "T, 1, true,  1, 192, 256",
        "T, 3, true,  2,  48,  32",
        "T, 1, false, 1, 112,  64",
        "TFINE, 3, true, 2, 64, 96",
        "TFINE, 1, false, 1, 48, 32",
        "S, 1, true,  2,  96, 128",
        "S, 2, true,  1,  16,  16",
        "L, 1, true,  1,  32,  48"
    })
    void float32FormEqualsTheNetwork(String variant, int classes, boolean align, int batch, int height, int width) {
        NetworkSpec spec = new NetworkSpec(Variant.of(variant), 3, classes, align);
        float[] image = FormulaFill.image(batch, height, width, 1);
        try (TransFuseNetwork network = TorchModels.network(spec, 1);
                InferenceForm compiled = CompiledForm.of(network, ScalarType.Float)) {
            float[] expected = predict(PlainForm.reference(network), image, batch, height, width);
            float[] actual = predict(compiled, image, batch, height, width);
            assertEquals(batch * classes * height * width, actual.length);
            assertTrue(
                    largestDifference(expected, actual) <= FLOAT32_BOUND,
                    () -> "off by " + largestDifference(expected, actual));
        }
    }

    /** Near to float32, and whole numbers do not depend on what else is in a batch. */
    @ParameterizedTest
    @CsvSource({"T, 1", "TFINE, 3", "S, 2"})
    void int8IsNearAndEachImageStandsAlone(String variant, int classes) {
        assumeTrue(FormatSpeed.int8().ratio() > 0, FormatSpeed.int8().finding());
        NetworkSpec spec = new NetworkSpec(Variant.of(variant), 3, classes, true);
        float[] images = FormulaFill.image(2, 64, 96, 1);
        float[] second = Arrays.copyOfRange(images, images.length / 2, images.length);
        try (TransFuseNetwork network = TorchModels.network(spec, 1);
                WatchedForm watched = new WatchedForm(network)) {
            float[] exact = predict(watched, images, 2, 64, 96);
            try (InferenceForm int8 = CompiledForm.int8(network, watched.ranges())) {
                float[] rounded = predict(int8, images, 2, 64, 96);
                double largest = largestDifference(exact, new float[exact.length]);
                double off = largestDifference(exact, rounded);
                assertTrue(off > 0 && off < 0.1 * largest, () -> off + " of " + largest);
                float[] alone = predict(int8, second, 1, 64, 96);
                float[] together = Arrays.copyOfRange(rounded, rounded.length / 2, rounded.length);
                assertArrayEquals(alone, together, "batches differ");
            }
        }
    }

    @Test
    void operationsWithoutOneDnnAreTheSame() {
        NetworkSpec spec = new NetworkSpec(Variant.T, 3, 1, true);
        float[] image = FormulaFill.image(1, 64, 48, 2);
        try (TransFuseNetwork network = TorchModels.network(spec, 2);
                InferenceForm compiled =
                        CompiledForm.of(network, new TorchKernels(ScalarType.Float), ScalarType.Float)) {
            float[] expected = predict(PlainForm.reference(network), image, 1, 64, 48);
            float difference = largestDifference(expected, predict(compiled, image, 1, 64, 48));
            assertTrue(difference <= FLOAT32_BOUND, "off by " + difference);
        }
    }

    /** The form for GPUs, here on the only device that every computer has. */
    @Test
    void theFormOfADeviceEqualsTheNetwork() {
        NetworkSpec spec = new NetworkSpec(Variant.T, 3, 2, true);
        float[] image = FormulaFill.image(2, 64, 48, 2);
        try (PointerScope scope = new PointerScope();
                TransFuseNetwork network = TorchModels.network(spec, 2);
                TransFuseNetwork same = TorchModels.network(spec, 2);
                InferenceForm compiled = CompiledForm.on(new Device("cpu"), network, ScalarType.Float)) {
            float[] expected = predict(PlainForm.reference(same), image, 2, 64, 48);
            float difference = largestDifference(expected, predict(compiled, image, 2, 64, 48));
            assertTrue(difference <= FLOAT32_BOUND, "off by " + difference);
        }
    }

    @ParameterizedTest
    @CsvSource({"T, false", "TFINE, false", "S, false", "T, true", "TFINE, true"})
    void bf16FormGivesNearlyTheSameClasses(String variant, boolean withoutOneDnn) {
        NetworkSpec spec = new NetworkSpec(Variant.of(variant), 3, 1, true);
        int height = withoutOneDnn ? 32 : 96;
        int width = withoutOneDnn ? 48 : 128;
        float[] image = FormulaFill.image(1, height, width, 1);
        Kernels kernels = withoutOneDnn ? new TorchKernels(ScalarType.BFloat16) : Kernels.fastest(ScalarType.BFloat16);
        try (TransFuseNetwork network = TorchModels.network(spec, 1);
                InferenceForm compiled = CompiledForm.of(network, kernels, ScalarType.BFloat16)) {
            float[] expected = predict(PlainForm.reference(network), image, 1, height, width);
            float[] actual = predict(compiled, image, 1, height, width);
            int same = 0;
            for (int i = 0; i < actual.length; i++) {
                same += (expected[i] > 0) == (actual[i] > 0) ? 1 : 0;
            }
            assertTrue(same >= 0.98 * actual.length, same + " of " + actual.length + " pixels agree");
            // Logits reach magnitude 17; bf16 has 8 bits
            assertTrue(largestDifference(expected, actual) < 0.6);
        }
    }

    @Test
    void manySizesAreServedInTurn() {
        NetworkSpec spec = new NetworkSpec(Variant.T, 3, 1, true);
        try (TransFuseNetwork network = TorchModels.network(spec, 1);
                InferenceForm compiled = CompiledForm.of(network, ScalarType.Float)) {
            float[] first = predict(compiled, FormulaFill.image(1, 32, 32, 1), 1, 32, 32);
            for (int width = 48; width <= 208; width += 16) {
                predict(compiled, FormulaFill.image(1, 32, width, 1), 1, 32, width);
            }
            float[] again = predict(compiled, FormulaFill.image(1, 32, 32, 1), 1, 32, 32);
            assertEquals(0, largestDifference(first, again));
        }
    }

    private static float[] predict(InferenceForm form, float[] image, int batch, int height, int width) {
        try (PointerScope scope = new PointerScope();
                NoGradGuard guard = new NoGradGuard()) {
            return StateDict.floats(form.predict(Tensor.create(image, batch, 3, height, width)));
        }
    }

    private static float largestDifference(float[] expected, float[] actual) {
        float largest = 0;
        for (int i = 0; i < expected.length; i++) {
            largest = Math.max(largest, Math.abs(expected[i] - actual[i]));
        }
        return largest;
    }
}
