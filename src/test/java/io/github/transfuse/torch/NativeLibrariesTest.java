package io.github.transfuse.torch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class NativeLibrariesTest {

    private static final String CACHE = "/home/me/.javacpp/cache";

    @Test
    void anotherLibtorchIsFound() {
        assertEquals(
                Optional.of("/opt/djl/libtorch_cpu.so"),
                foreign("7f00-7f01 r-xp 00000000 08:01 123   /opt/djl/libtorch_cpu.so"));
        assertEquals(
                Optional.of("/usr/lib/libc10.so"), foreign("7f00-7f01 r-xp 00000000 08:01 123   /usr/lib/libc10.so"));
    }

    @Test
    void ownLibrariesAndOthersAreFine() {
        assertEquals(Optional.empty(), foreign("7f00-7f01 r-xp 0 08:01 1   " + CACHE + "/pytorch.jar/libtorch_cpu.so"));
        assertEquals(Optional.empty(), foreign("7f00-7f01 r-xp 0 08:01 1   /usr/lib/libc.so.6"));
        assertEquals(Optional.empty(), foreign("7f00-7f01 rw-p 0 00:00 0"));
    }

    private static Optional<String> foreign(String line) {
        return NativeLibraries.foreign(Stream.of(line), CACHE);
    }
}
