package io.github.transfuse.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Starts {@code transfuse} on a disk that fails below Java, by a library that stands before the system's own: {@code
 * src/test/c/faultydisk.c}. Linux only.
 *
 * @param library the compiled one
 * @param disk folder whose files fail
 */
record FaultShim(Path library, Path disk) {
    private static final long PATIENCE_SECONDS = 300;
    private static final Path SOURCE = Path.of("src", "test", "c", "faultydisk.c");

    /** What happens at an event, by the library's word for it. */
    enum Fault {
        /** The process is killed. */
        KILL,
        /** From there on the disk is full. */
        FULL,
        /** One I/O error. */
        ONCE
    }

    /**
     * How a process ended.
     *
     * @param code its exit code
     * @param said both of its outputs
     */
    record End(int code, String said) {}

    /** Compiles the library; empty where there is no compiler or no Linux. */
    static Optional<FaultShim> in(Path folder) throws IOException, InterruptedException {
        Path library = folder.resolve("faultydisk.so");
        if (!System.getProperty("os.name").equals("Linux") || !Files.isExecutable(Path.of("/usr/bin/cc"))) {
            return Optional.empty();
        }
        Process compiler = new ProcessBuilder(
                        "cc", "-shared", "-fPIC", "-O1", "-o", library.toString(), SOURCE.toString(), "-ldl")
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("cc.txt").toFile())
                .start();
        if (!compiler.waitFor(1, TimeUnit.MINUTES) || compiler.exitValue() != 0) {
            throw new IOException("cc: " + Files.readString(folder.resolve("cc.txt")));
        }
        return Optional.of(new FaultShim(library, Files.createDirectories(folder.resolve("disk"))));
    }

    private Path log() {
        return library.resolveSibling("events.txt");
    }

    /** Runs the command undisturbed; the kinds of its events, in their order. */
    List<String> events(String... command) throws IOException, InterruptedException {
        Files.deleteIfExists(log());
        End end = run(List.of("FAULT_LOG=" + log()), command);
        if (end.code() != 0) {
            throw new IOException(end.toString());
        }
        return Files.readAllLines(log()).stream()
                .map(line -> line.split("\t", -1)[0])
                .toList();
    }

    /** Runs the command on a disk that works. */
    End run(String... command) throws IOException, InterruptedException {
        return run(List.of("FAULT_KIND=none"), command);
    }

    /** Runs the command with a fault at one of its events, from 1 on. */
    End run(Fault fault, int at, String... command) throws IOException, InterruptedException {
        return run(List.of("FAULT_KIND=" + fault.name().toLowerCase(java.util.Locale.ROOT), "FAULT_AT=" + at), command);
    }

    /** {@code env} sets the variables for Java itself, whose starter would lose them in a shell. */
    private End run(List<String> variables, String... command) throws IOException, InterruptedException {
        Path output = library.resolveSibling("said.txt");
        List<String> words =
                new ArrayList<>(List.of("env", "OMP_NUM_THREADS=1", "LD_PRELOAD=" + library, "FAULT_DIR=" + disk));
        words.addAll(variables);
        words.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-XX:ErrorFile=" + library.resolveSibling("crash.log"),
                "-Djava.io.tmpdir=" + Files.createDirectories(disk.resolve("tmp")),
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                Main.class.getName()));
        words.addAll(List.of(command));
        Process process = new ProcessBuilder(words)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new IOException("does not end: " + Files.readString(output));
            }
        } finally {
            process.destroyForcibly();
        }
        String said = Files.readString(output);
        if (Files.exists(library.resolveSibling("crash.log"))) {
            throw new IOException("Java crashed: " + said);
        }
        return new End(process.exitValue(), said);
    }
}
