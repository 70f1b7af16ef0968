package io.github.transfuse.torch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

    /** Where the system tells nothing, only processors of PCs without AVX-512 are known not to have bf16. */
    @ParameterizedTest
    @CsvSource({"amd64, AVX2, false", "amd64, NO AVX, false", "x86_64, DEFAULT, false", "amd64, AVX512, true"})
    void whatCannotHaveBf16IsNotTried(String arch, String capability, boolean expected) {
        assertEquals(expected, Processor.mayHaveBf16(arch, capability));
        assertTrue(Processor.mayHaveBf16("aarch64", capability));
    }

    @Test
    void aProcessorThatNothingTellsOfHasAName() {
        NativeLibraries.load();
        assertFalse(Processor.unknown().name().isBlank());
    }
}
