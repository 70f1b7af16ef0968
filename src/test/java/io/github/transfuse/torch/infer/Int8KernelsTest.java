package io.github.transfuse.torch.infer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.transfuse.engine.EngineLoader;
import io.github.transfuse.model.ActivationRanges;
import io.github.transfuse.model.ActivationRanges.Range;
import io.github.transfuse.torch.infer.Kernels.Join;
import io.github.transfuse.torch.nn.Folded;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.MemoryFormat;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against sums of whole numbers, one by one. */
class Int8KernelsTest {

    private static final int IN = 20;
    private static final int OUT = 18;
    private static final int SIZE = 7;
    private static final int TOKENS = 5;
    private static final Range RANGE = new Range(-1.5f, 2.5f);

    private final Random random = new Random(3);

    @BeforeAll
    static void load() {
        EngineLoader.engine();
        assumeTrue(FormatSpeed.int8().ratio() > 0, FormatSpeed.int8().finding());
    }

    /** The instruction sets by which oneDNN adds without loss. */
    @Test
    void processorsAreKnownByTheirResults() throws IOException {
        Path file = Path.of("/proc/cpuinfo");
        assumeTrue(Files.isReadable(file) && "amd64".equals(System.getProperty("os.arch")), "no instruction sets told");
        String flags = Files.readString(file);
        boolean vnni = flags.contains("avx512_vnni") || flags.contains("avx_vnni") || flags.contains("amx_int8");
        assertEquals(vnni, OneThread.compute(Int8Kernels::isExact));
    }

    private float[] numbers(int count) {
        float[] numbers = new float[count];
        for (int i = 0; i < count; i++) {
            // some lie beyond the range
            numbers[i] = (float) random.nextGaussian();
        }
        return numbers;
    }

    /** As the format defines it: to the nearest step, ties to the even one, within 0 to 255. */
    private static int step(float number, Range range) {
        double scaled = Math.rint(number * (1 / (float) range.step())) + range.zeroPoint();
        return (int) Math.max(0, Math.min(255, scaled)) - range.zeroPoint();
    }

    private static int[] weights(float[] row, double step) {
        int[] rounded = new int[row.length];
        for (int i = 0; i < row.length; i++) {
            rounded[i] = (int) Math.rint(row[i] / (float) step);
        }
        return rounded;
    }

    private static double weightStep(float[] row) {
        double largest = 0;
        for (float weight : row) {
            largest = Math.max(largest, Math.abs(weight));
        }
        return largest / 127;
    }

    private static double activated(double sum, Activation activation) {
        return switch (activation) {
            case NONE -> sum;
            case RELU -> Math.max(0, sum);
            case SIGMOID -> 1 / (1 + Math.exp(-sum));
            case GELU -> throw new IllegalArgumentException("of linear layers only");
        };
    }

    private static float[] row(float[] all, int number, int length) {
        float[] row = new float[length];
        System.arraycopy(all, number * length, row, 0, length);
        return row;
    }

    /** [OUT, rows, columns] of one image [IN, SIZE, SIZE]. */
    private static float[] convolved(float[] image, float[] kernels, float[] bias, int[] sizeAndStride) {
        int kernel = sizeAndStride[0];
        int stride = sizeAndStride[1];
        int side = (SIZE - 1) / stride + 1;
        float[] result = new float[OUT * side * side];
        for (int out = 0; out < OUT; out++) {
            float[] row = row(kernels, out, IN * kernel * kernel);
            double step = weightStep(row);
            int[] rounded = weights(row, step);
            for (int place = 0; place < side * side; place++) {
                long sum = 0;
                for (int i = 0; i < rounded.length; i++) {
                    int y = place / side * stride + i / kernel % kernel - kernel / 2;
                    int x = place % side * stride + i % kernel - kernel / 2;
                    if (y >= 0 && x >= 0 && y < SIZE && x < SIZE) {
                        int channel = i / (kernel * kernel);
                        sum += (long) rounded[i] * step(image[(channel * SIZE + y) * SIZE + x], RANGE);
                    }
                }
                result[out * side * side + place] = (float) (sum * step * RANGE.step() + bias[out]);
            }
        }
        return result;
    }

    private static Tensor map(float[] image) {
        return Tensor.create(image, 1, IN, SIZE, SIZE).contiguous(MemoryFormat.ChannelsLast);
    }

    private static float[] values(Tensor tensor) {
        assertEquals(ScalarType.Float, tensor.scalar_type().intern());
        Tensor dense = tensor.contiguous();
        float[] values = new float[Math.toIntExact(dense.numel())];
        dense.data_ptr_float().get(values);
        return values;
    }

    private static Int8Kernels kernels(Range... ranges) {
        return new Int8Kernels(Kernels.fastest(ScalarType.Float), new ActivationRanges(List.of(ranges)));
    }

    @ParameterizedTest
    @CsvSource({"1, 1, NONE", "3, 1, RELU", "3, 2, NONE", "1, 2, RELU", "3, 1, SIGMOID"})
    void convolutionsAreSumsOfRoundedNumbers(int kernel, int stride, Activation activation) {
        float[] image = numbers(IN * SIZE * SIZE);
        float[] weights = numbers(OUT * IN * kernel * kernel);
        float[] bias = numbers(OUT);
        float[] expected = convolved(image, weights, bias, new int[] {kernel, stride});
        for (int i = 0; i < expected.length; i++) {
            expected[i] = (float) activated(expected[i], activation);
        }
        try (PointerScope scope = new PointerScope();
                NoGradGuard guard = new NoGradGuard();
                Int8Kernels kernels = kernels(RANGE)) {
            Folded folded = new Folded(Tensor.create(weights, OUT, IN, kernel, kernel), Tensor.create(bias, OUT));
            Tensor actual = kernels.conv(folded, stride, activation).apply(map(image));
            assertArrayEquals(expected, values(actual), 2e-4f);
        }
    }

    @ParameterizedTest
    @CsvSource({"ADD, RELU", "MULTIPLY, NONE"})
    void joinsComeAfterwards(Join join, Activation activation) {
        float[] image = numbers(IN * SIZE * SIZE);
        float[] weights = numbers(OUT * IN);
        float[] other = numbers(OUT * SIZE * SIZE);
        float[] expected = convolved(image, weights, new float[OUT], new int[] {1, 1});
        for (int i = 0; i < expected.length; i++) {
            double joined = join == Join.ADD ? expected[i] + other[i] : expected[i] * other[i];
            expected[i] = (float) activated(joined, activation);
        }
        try (PointerScope scope = new PointerScope();
                NoGradGuard guard = new NoGradGuard();
                Int8Kernels kernels = kernels(RANGE)) {
            Folded folded = new Folded(Tensor.create(weights, OUT, IN, 1, 1), Tensor.create(new float[OUT], OUT));
            Tensor joined = Tensor.create(other, 1, OUT, SIZE, SIZE);
            Tensor actual = kernels.conv(folded, join, activation).apply(map(image), joined);
            assertArrayEquals(expected, values(actual), 2e-4f);
            assertArrayEquals(other, values(joined), "what is joined stays as it is");
        }
    }

    @Test
    void linearLayersAreSumsOfRoundedNumbers() {
        float[] tokens = numbers(2 * TOKENS * IN);
        float[] weights = numbers(OUT * IN);
        float[] bias = numbers(OUT);
        float[] other = numbers(2 * TOKENS * OUT);
        float[] expected = new float[other.length];
        for (int i = 0; i < expected.length; i++) {
            float[] row = row(weights, i % OUT, IN);
            double step = weightStep(row);
            int[] rounded = weights(row, step);
            long sum = 0;
            for (int k = 0; k < IN; k++) {
                sum += (long) rounded[k] * step(tokens[i / OUT * IN + k], RANGE);
            }
            expected[i] = (float) (sum * step * RANGE.step() + bias[i % OUT]);
        }
        try (PointerScope scope = new PointerScope();
                NoGradGuard guard = new NoGradGuard();
                Int8Kernels kernels = kernels(RANGE, RANGE, RANGE)) {
            Folded folded = new Folded(Tensor.create(weights, OUT, IN), Tensor.create(bias, OUT));
            Tensor x = Tensor.create(tokens, 2, TOKENS, IN);
            assertArrayEquals(
                    expected, values(kernels.linear(folded, Activation.NONE).apply(x)), 2e-4f);
            Tensor exact = Tensor.create(expected, 2, TOKENS, OUT);
            assertArrayEquals(
                    values(Activation.GELU.apply(exact)),
                    values(kernels.linear(folded, Activation.GELU).apply(x)),
                    5e-4f);
            Tensor added = Tensor.create(other, 2, TOKENS, OUT);
            Tensor sum = kernels.linearAdd(folded).apply(x, added);
            for (int i = 0; i < expected.length; i++) {
                expected[i] += other[i];
            }
            assertArrayEquals(expected, values(sum), 2e-4f);
            assertArrayEquals(other, values(added), "what is added stays as it is");
        }
    }

    /** The first and the last ones: they cost little, and their rounding is seen most. */
    @Test
    void operationsOnFewChannelsStayExact() {
        float[] image = numbers(15 * SIZE * SIZE);
        float[] weights = numbers(OUT * 15);
        try (PointerScope scope = new PointerScope();
                NoGradGuard guard = new NoGradGuard();
                Kernels exact = Kernels.fastest(ScalarType.Float);
                Int8Kernels kernels = kernels(Range.ZERO, Range.ZERO)) {
            Folded conv = new Folded(Tensor.create(weights, OUT, 15, 1, 1), Tensor.create(new float[OUT], OUT));
            Tensor x = Tensor.create(image, 1, 15, SIZE, SIZE).contiguous(MemoryFormat.ChannelsLast);
            assertArrayEquals(
                    values(exact.conv(conv, 1, Activation.NONE).apply(x)),
                    values(kernels.conv(conv, 1, Activation.NONE).apply(x)));
            Folded linear = new Folded(Tensor.create(weights, 15, OUT), Tensor.create(new float[15], 15));
            Tensor tokens = Tensor.create(numbers(TOKENS * OUT), 1, TOKENS, OUT);
            assertArrayEquals(
                    values(exact.linear(linear, Activation.NONE).apply(tokens)),
                    values(kernels.linear(linear, Activation.NONE).apply(tokens)));
        }
    }

    @Test
    void rangesOfAnotherNetworkAreRefused() {
        try (PointerScope scope = new PointerScope();
                NoGradGuard guard = new NoGradGuard();
                Int8Kernels kernels = kernels(RANGE, RANGE)) {
            Folded folded = new Folded(Tensor.create(numbers(OUT * IN), OUT, IN), Tensor.create(numbers(OUT), OUT));
            kernels.linear(folded, Activation.NONE);
            assertTrue(assertThrows(IllegalArgumentException.class, kernels::requireAllTaken)
                    .getMessage()
                    .contains("another network"));
            kernels.linear(folded, Activation.NONE);
            kernels.requireAllTaken();
            assertThrows(IllegalArgumentException.class, () -> kernels.linear(folded, Activation.NONE));
        }
    }

    @Test
    void aCalibrationFindsWhatReachesEachOperation() {
        try (PointerScope scope = new PointerScope();
                NoGradGuard guard = new NoGradGuard();
                RangeKernels kernels = new RangeKernels(Kernels.fastest(ScalarType.Float))) {
            Folded folded = new Folded(Tensor.create(numbers(OUT * IN), OUT, IN), Tensor.create(numbers(OUT), OUT));
            Kernels.Unary first = kernels.linear(folded, Activation.NONE);
            Kernels.Binary second = kernels.linearAdd(folded);
            kernels.linear(folded, Activation.NONE);
            float[] low = new float[IN];
            low[3] = -4;
            low[4] = -1;
            float[] high = new float[IN];
            high[0] = 7;
            float[] above = new float[IN];
            Arrays.fill(above, 2);
            second.apply(Tensor.create(above, 1, 1, IN), Tensor.create(new float[OUT], 1, 1, OUT));
            first.apply(Tensor.create(low, 1, 1, IN));
            first.apply(Tensor.create(high, 1, 1, IN));
            assertEquals(
                    new ActivationRanges(List.of(new Range(-2, 3.5f), new Range(0, 2), Range.ZERO)),
                    kernels.ranges(),
                    "in the order of making, means of the calls, and zero is among them");
        }
    }
}
