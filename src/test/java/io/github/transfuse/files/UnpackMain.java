package io.github.transfuse.files;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Unpacks in a process of its own, which may kill itself meanwhile. */
final class UnpackMain {
    private static final int FILES = 6;

    private UnpackMain() {}

    /**
     * Starts it.
     *
     * @param millis after which it kills itself; never, if negative
     */
    static Process start(Path jar, Path cache, int millis) throws IOException {
        return new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        UnpackMain.class.getName(),
                        jar.toString(),
                        cache.toString(),
                        Integer.toString(millis)))
                .inheritIO()
                .start();
    }

    /** Arguments: jar, cache, milliseconds. */
    public static void main(String[] args) throws IOException {
        int millis = Integer.parseInt(args[2]);
        if (millis >= 0) {
            Thread killer = new Thread(() -> killAfter(millis));
            killer.setDaemon(true);
            killer.start();
        }
        FakeJar jar = FakeJar.of(Path.of(args[0]), FILES);
        Path cache = Path.of(args[1]);
        new UnpackedFiles(cache, jar.files(cache), note -> {})
                .use(cache.resolve(".lock"), () -> jar.assertWhole(cache));
    }

    /** Halting runs no handlers and closes nothing, as a kill does. */
    private static void killAfter(int millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().halt(9);
    }
}
