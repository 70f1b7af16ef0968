package io.github.transfuse.torch.infer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.transfuse.engine.EngineLoader;
import io.github.transfuse.torch.infer.FormatSpeed.Part;
import io.github.transfuse.torch.infer.FormatSpeed.Trial;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;

class FormatSpeedTest {

    private final FakeClock clock = new FakeClock();

    private Part part(double calls, long float32, long bf16) {
        return new Part(calls, clock.new Operation(float32), clock.new Operation(bf16));
    }

    private Trial trial(Part... parts) {
        return FormatSpeed.of(List.of(parts), new Race(clock));
    }

    @Test
    void theSumsOfAllCallsAreCompared() {
        Trial trial = trial(part(3, 4_000, 1_000), part(2, 1_000, 2_000));
        assertEquals(14.0 / 7, trial.ratio(), 1e-12);
        assertEquals("a trial was 2.0 times as fast as float32", trial.finding());
        assertTrue(trial.faster());
    }

    /** Fast products and convolutions do not help where attention falls back to scalar code. */
    @Test
    void oneSlowPartIsEnough() {
        assertTrue(trial(part(52, 2_000, 1_000), part(24, 2_000, 1_000), part(8, 1_000, 500))
                .faster());
        assertFalse(trial(part(52, 2_000, 1_000), part(24, 2_000, 1_000), part(8, 1_000, 20_000))
                .faster());
    }

    @Test
    void aSmallGainIsNone() {
        assertFalse(trial(part(1, 1_090, 1_000)).faster());
        assertTrue(trial(part(1, 1_110, 1_000)).faster());
    }

    /** Where the system tells of matrix units, or of neither, the outcome is far from the border. */
    @Test
    void thisProcessorIsTriedOnceAndRightly() throws IOException {
        EngineLoader.engine();
        int threads = torch.get_num_threads();
        Trial trial = FormatSpeed.bf16();
        assertSame(trial, FormatSpeed.bf16());
        assertEquals(threads, torch.get_num_threads());
        Path file = Path.of("/proc/cpuinfo");
        assumeTrue(Files.isReadable(file) && "amd64".equals(System.getProperty("os.arch")), "no instruction sets told");
        String flags = Files.readString(file);
        assumeTrue(flags.contains("amx_bf16") || !flags.contains("avx512_bf16"), "could be either");
        assertEquals(flags.contains("amx_bf16"), trial.faster(), trial::finding);
    }

    /** Random numbers belong to trainings, which must not change because something was tried meanwhile. */
    @Test
    void aTrialDrawsNoRandomNumbers() {
        EngineLoader.engine();
        torch.manual_seed(5);
        float expected = torch.rand(1).item_float();
        torch.manual_seed(5);
        OneThread.compute(() -> {
            try (Kernels kernels = Kernels.fastest(torch.ScalarType.Float)) {
                FormatSpeed.parts(kernels, kernels, torch.ScalarType.Float)
                        .forEach(part -> part.float32().run());
            }
            return 0;
        });
        assertEquals(expected, torch.rand(1).item_float());
    }
}
