package io.github.transfuse.torch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NativeErrorsTest {

    /** As an H200 said them. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            CUDA out of memory. Tried to allocate 2.00 MiB. 12.65 MiB is reserved. If reserved but unallocated memory is \
            large try setting X. See documentation | CUDA out of memory. Tried to allocate 2.00 MiB. 12.65 MiB is reserved.
            CUDA error: misaligned address Search for `cudaErrorMisalignedAddress' in https://docs | CUDA error: misaligned address
            Expected all tensors on the same device Exception raised from check at a.cpp:7 | Expected all tensors on the same device
            expected scalar type BFloat16 but found Float | expected scalar type BFloat16 but found Float
            """)
    void theFailureWithoutWhatLibtorchSaysBehindIt(String message, String failure) {
        assertEquals(failure, NativeErrors.firstLine(new RuntimeException(message + "\n#1 a frame")));
    }
}
