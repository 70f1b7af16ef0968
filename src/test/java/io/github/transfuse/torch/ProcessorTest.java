package io.github.transfuse.torch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProcessorTest {

    @Test
    void flagsAreReadFromCpuinfo() {
        assertEquals(
                new Processor("Xeon", true),
                Processor.ofCpuinfo(List.of("processor\t: 0", "model name\t: Xeon", "flags\t\t: fpu amx_bf16 avx2")));
        assertEquals(
                new Processor("Old", false), Processor.ofCpuinfo(List.of("model name\t: Old", "flags\t\t: fpu avx2")));
        assertEquals(new Processor("processor", true), Processor.ofCpuinfo(List.of("Features\t: fp asimd bf16 i8mm")));
    }

    @Test
    void thisProcessorHasAName() {
        assertFalse(Processor.detect().name().isBlank());
    }

    /** Where the system tells of matrix units, whose advantage is far above any noise, measuring must find them too. */
    @Test
    void measuringFindsMatrixUnits() throws IOException {
        Path flags = Path.of("/proc/cpuinfo");
        assumeTrue(Files.isReadable(flags) && Files.readString(flags).contains("amx_bf16"), "no AMX here");
        NativeLibraries.load();
        assertTrue(Processor.unknown().nativeBf16(), () -> "ratio " + Bf16Speed.ratio());
    }
}
