package io.github.transfuse.image;

import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;

/** Damages files at random, always alike. */
final class Damage {
    private static final Duration MAX_LENGTH = Duration.ofSeconds(10);

    private Damage() {}

    /** Whatever is changed, the file is read, or is refused in words that name it. */
    static void assertReadOrRefused(Path file, int trials) throws IOException {
        byte[] whole = Files.readAllBytes(file);
        for (int trial = 0; trial < trials; trial++) {
            int seed = trial;
            Files.write(file, damaged(whole, new Random(seed)));
            assertTimeoutPreemptively(MAX_LENGTH, () -> readOrRefused(file), () -> "seed " + seed);
        }
        Files.write(file, whole);
    }

    private static byte[] damaged(byte[] whole, Random random) {
        byte[] bytes = random.nextInt(4) == 0 ? Arrays.copyOf(whole, 1 + random.nextInt(whole.length)) : whole.clone();
        int changes = random.nextInt(6);
        for (int i = 0; i < changes; i++) {
            int at = random.nextBoolean() ? random.nextInt(bytes.length) : random.nextInt(Math.min(200, bytes.length));
            bytes[at] = (byte) (random.nextBoolean() ? 255 : random.nextInt(256));
        }
        return bytes;
    }

    static void readOrRefused(Path file) throws IOException {
        try {
            Pixels.of(ImageFiles.read(file));
        } catch (UnsupportedImageException e) {
            String message = e.getMessage();
            assertTrue(message.contains(file.getFileName().toString()), message);
            assertTrue(message.length() < 600, message);
        }
    }
}
