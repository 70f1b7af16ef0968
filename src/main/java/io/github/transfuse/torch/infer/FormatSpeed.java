package io.github.transfuse.torch.infer;

import io.github.transfuse.model.ActivationRanges;
import io.github.transfuse.model.ActivationRanges.Range;
import io.github.transfuse.network.Variant;
import io.github.transfuse.torch.infer.Kernels.Unary;
import io.github.transfuse.torch.nn.Folded;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.Supplier;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.MemoryFormat;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Finds out by a trial of a tenth of a second how much faster this processor is in a short format than in float32, with
 * what a network spends its time on: 3x3 convolutions, linear layers and attention. What instruction sets a processor has
 * does not tell it: some have bf16 only for products of vectors, and libtorch may have no code for them.
 */
public final class FormatSpeed {

    /** A gain below this is no reason to round, and could turn into a loss beside other work. */
    static final double MIN_GAIN = 1.1;

    private static final long ROWS = 24;
    private static final long COLUMNS = 32;
    private static final long CHANNELS = 128;
    private static final long TOKENS = 192;

    /** Of the two operations that are timed: their numbers lie from -1 to 1. */
    private static final ActivationRanges TRIAL_RANGES =
            new ActivationRanges(List.of(new Range(-1, 1), new Range(-1, 1)));

    private FormatSpeed() {}

    /**
     * What a trial found.
     *
     * @param ratio how many times as fast the format is as float32; 0 if it cannot be computed, or not rightly
     * @param finding the same for people, a part of a sentence
     */
    public record Trial(double ratio, String finding) {

        /** A finding of a ratio. */
        static Trial of(double ratio) {
            return new Trial(ratio, String.format(Locale.ROOT, "a trial was %.1f times as fast as float32", ratio));
        }

        /** Whether the format is worth its rounding. */
        public boolean faster() {
            return ratio >= MIN_GAIN;
        }
    }

    /**
     * A heavy operation in both formats.
     *
     * @param calls in one prediction
     * @param float32 one call
     * @param rounded one call in the other format
     */
    record Part(double calls, Runnable float32, Runnable rounded) {}

    /** The trial of bf16 on this processor, made when it is first asked for and remembered. */
    public static Trial bf16() {
        return Bf16.TRIAL;
    }

    /** The same of int8. */
    public static Trial int8() {
        return Int8.TRIAL;
    }

    /** Compares the sums of what the calls of all parts take. */
    static Trial of(List<Part> parts, Race race) {
        double slow = 0;
        double fast = 0;
        for (Part part : parts) {
            long[] nanos = race.best(List.of(part.float32(), part.rounded()));
            slow += part.calls() * nanos[0];
            fast += part.calls() * nanos[1];
        }
        return Trial.of(slow / fast);
    }

    /**
     * The heaviest operations of S at 192 x 256 pixels, each called so often that the sums of the calls are as large as
     * those of all convolutions (11.8 GFLOP), linear layers (5.4) and attention (8 blocks); T has the same ones in
     * nearly the same proportions.
     *
     * @param rounded kernels of another format
     * @param between the format of what lies between their operations
     */
    static List<Part> parts(Kernels float32, Kernels rounded, ScalarType between) {
        List<Part> parts = new ArrayList<>();
        int dim = Variant.S.transformer().dim();
        Tensor map = OneThread.numbers(1, CHANNELS, ROWS, COLUMNS).contiguous(MemoryFormat.ChannelsLast);
        Folded kernel = new Folded(OneThread.numbers(CHANNELS, CHANNELS, 3, 3), OneThread.numbers(CHANNELS));
        Function<Kernels, Unary> conv = kernels -> kernels.conv(kernel, 1, Activation.RELU);
        parts.add(part(52, map, List.of(conv.apply(float32), conv.apply(rounded)), between));
        Tensor tokens = OneThread.numbers(1, TOKENS, dim);
        Folded matrix = new Folded(OneThread.numbers(4L * dim, dim), OneThread.numbers(4L * dim));
        Function<Kernels, Unary> linear = kernels -> kernels.linear(matrix, Activation.GELU);
        parts.add(part(24, tokens, List.of(linear.apply(float32), linear.apply(rounded)), between));
        Tensor joint = OneThread.numbers(1, TOKENS, 3L * dim);
        int heads = Variant.S.transformer().heads();
        List<Unary> attention =
                List.of(x -> Attention.fastest(ScalarType.Float).apply(x, heads), x -> Attention.fastest(between)
                        .apply(x, heads));
        parts.add(part(Variant.S.transformer().blocks(), joint, attention, between));
        return parts;
    }

    private static Part part(double calls, Tensor input, List<Unary> ways, ScalarType between) {
        Tensor rounded = input.to(between);
        return new Part(
                calls,
                () -> OneThread.scoped(() -> ways.get(0).apply(input)),
                () -> OneThread.scoped(() -> ways.get(1).apply(rounded)));
    }

    /** Compares kernels of a format with those of float32; they are closed. */
    private static Trial against(Supplier<Kernels> format, ScalarType between) {
        try (Kernels float32 = Kernels.fastest(ScalarType.Float);
                Kernels rounded = format.get()) {
            return of(parts(float32, rounded, between), Race.onThisThread());
        } catch (RuntimeException e) {
            return new Trial(0, "a trial failed: " + firstLine(e));
        }
    }

    private static String firstLine(RuntimeException e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }

    private static final class Bf16 {
        private static final Trial TRIAL = OneThread.compute(Bf16::make);

        private static Trial make() {
            return OneDnnKernels.available(ScalarType.BFloat16)
                    ? against(() -> Kernels.fastest(ScalarType.BFloat16), ScalarType.BFloat16)
                    : new Trial(0, "libtorch has no fast operations for it");
        }
    }

    private static final class Int8 {
        private static final Trial TRIAL = OneThread.compute(Int8::make);

        private static Trial make() {
            return Int8Kernels.isExact()
                    ? against(() -> new Int8Kernels(Kernels.fastest(ScalarType.Float), TRIAL_RANGES), ScalarType.Float)
                    : new Trial(0, Int8Kernels.INEXACT);
        }
    }
}
