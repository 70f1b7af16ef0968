package io.github.transfuse.torch.infer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.transfuse.engine.EngineLoader;
import io.github.transfuse.torch.nn.StateDict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AttentionTest {

    private static final int BATCH = 2;
    private static final int TOKENS = 35;
    private static final int HEADS = 3;
    private static final int DIM = 96;

    @BeforeAll
    static void load() {
        EngineLoader.engine();
    }

    /** bf16 has 8 bits: results of magnitude 1 are rounded by up to 1/256, weights too where they are bf16. */
    @ParameterizedTest
    @CsvSource({
        "AS_GIVEN,   Float,    1e-5",
        "IN_FLOAT32, Float,    1e-5",
        "AS_GIVEN,   BFloat16, 0.02",
        "IN_FLOAT32, BFloat16, 0.008"
    })
    void everyFormIsTheDefinition(Attention attention, ScalarType format, double bound) {
        try (PointerScope scope = new PointerScope();
                NoGradGuard guard = new NoGradGuard()) {
            Tensor joint = Tensor.create(numbers(), BATCH, TOKENS, 3L * DIM).to(format);
            Tensor mixed = attention.apply(joint, HEADS);
            assertEquals(format, mixed.scalar_type().intern());
            double[] expected = definition(StateDict.floats(joint.to(ScalarType.Float)));
            float[] actual = StateDict.floats(mixed.to(ScalarType.Float).contiguous());
            assertEquals(expected.length, actual.length);
            for (int i = 0; i < actual.length; i++) {
                assertEquals(expected[i], actual[i], bound, "at " + i);
            }
        }
    }

    private static float[] numbers() {
        Random random = new Random(7);
        float[] numbers = new float[BATCH * TOKENS * 3 * DIM];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = (float) random.nextGaussian();
        }
        return numbers;
    }

    /** softmax(q k' / sqrt(d)) v of every image and head, written out in float64. */
    private static double[] definition(float[] joint) {
        int width = DIM / HEADS;
        double[] mixed = new double[BATCH * TOKENS * DIM];
        for (int image = 0; image < BATCH; image++) {
            for (int head = 0; head < HEADS; head++) {
                for (int query = 0; query < TOKENS; query++) {
                    int row = (image * TOKENS + query) * 3 * DIM + head * width;
                    double[] weights = new double[TOKENS];
                    double sum = 0;
                    for (int key = 0; key < TOKENS; key++) {
                        int other = (image * TOKENS + key) * 3 * DIM + DIM + head * width;
                        double product = 0;
                        for (int i = 0; i < width; i++) {
                            product += (double) joint[row + i] * joint[other + i];
                        }
                        weights[key] = Math.exp(product / Math.sqrt(width));
                        sum += weights[key];
                    }
                    for (int key = 0; key < TOKENS; key++) {
                        int value = (image * TOKENS + key) * 3 * DIM + 2 * DIM + head * width;
                        for (int i = 0; i < width; i++) {
                            mixed[(image * TOKENS + query) * DIM + head * width + i] +=
                                    weights[key] / sum * joint[value + i];
                        }
                    }
                }
            }
        }
        return mixed;
    }

    @Test
    void theFasterFormIsTaken() {
        assertEquals(Attention.AS_GIVEN, Attention.faster(10, 11));
        assertEquals(Attention.IN_FLOAT32, Attention.faster(11, 10));
        assertEquals(Attention.AS_GIVEN, Attention.fastest(ScalarType.Float));
    }

    /** Without matrix units libtorch multiplies bf16 numbers one by one here, tens of times slower. */
    @Test
    void processorsWithoutMatrixUnitsAttendInFloat32() throws IOException {
        Path file = Path.of("/proc/cpuinfo");
        assumeTrue(Files.isReadable(file) && "amd64".equals(System.getProperty("os.arch")), "no instruction sets told");
        boolean matrices = Files.readString(file).contains("amx_bf16");
        assertEquals(matrices ? Attention.AS_GIVEN : Attention.IN_FLOAT32, Attention.fastest(ScalarType.BFloat16));
    }
}
