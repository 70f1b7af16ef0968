package io.github.transfuse.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Lets a writer write again what it wrote before, on a disk that fails at its n-th step, for every n and every kind of
 * fault: the earlier files stay whole and as they were, nothing else is left, and the failure names a file or the folder.
 * One deletion that fails is tried again, and nothing is seen of it.
 */
public final class EveryFault {
    private final Path folder;
    private final Map<String, String> before;
    private final Map<String, String> after;
    private int failures;

    private EveryFault(Path folder, Writer writer) throws Exception {
        this.folder = folder;
        before = contents(folder);
        writer.write(folder);
        after = contents(folder);
        restore();
    }

    /** What is tried. */
    @FunctionalInterface
    public interface Writer {
        /** Writes all files. */
        void write(Path folder) throws Exception;
    }

    /**
     * Tries all faults.
     *
     * @param folder with what an earlier run left
     * @param writer changes it
     * @return how many failures there were
     */
    public static int of(Path folder, Writer writer) throws Exception {
        return of(folder, writer, FaultyDisk.Fault.values());
    }

    /** As above, with some kinds of faults. */
    public static int of(Path folder, Writer writer, FaultyDisk.Fault... faults) throws Exception {
        EveryFault every = new EveryFault(folder, writer);
        assertFalse(every.before.equals(every.after), "the writer writes");
        Map<FaultyDisk.Fault, Integer> survived = new TreeMap<>();
        for (FaultyDisk.Fault fault : faults) {
            int step = 1;
            while (every.failsAt(fault, step, writer)) {
                step++;
            }
            every.restore();
            survived.put(fault, step - 1);
        }
        FaultCounts.add(FaultCounts.caller(EveryFault.class), survived);
        assertTrue(every.failures > faults.length, "no steps were seen: " + every.failures);
        return every.failures;
    }

    /** Whether the disk came to this step. */
    private boolean failsAt(FaultyDisk.Fault fault, int step, Writer writer) throws Exception {
        FaultyDisk disk = new FaultyDisk(fault, step);
        String when = fault + " at step " + step;
        try {
            writer.write(disk.path(folder));
        } catch (Exception e) {
            if (!disk.failed()) {
                throw e;
            }
            failures++;
            if (fault == FaultyDisk.Fault.GONE) {
                // the disk is there again, and the next run begins
                sweep();
                if (contents(folder).equals(after)) {
                    restore();
                }
            }
            assertEquals(sums(before), sums(contents(folder)), when + ": as before");
            requireName(e, when);
            return true;
        }
        if (fault == FaultyDisk.Fault.GONE) {
            sweep();
        }
        assertEquals(sums(after), sums(contents(folder)), when + ": the writer found a way");
        restore();
        return disk.failed();
    }

    private void sweep() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path each : files.filter(Files::isDirectory).toList()) {
                StagedFiles.sweep(each);
                OneWriter.of(each).orElseThrow().close();
            }
        }
    }

    private void requireName(Exception e, String when) {
        String message = String.valueOf(e.getMessage());
        assertTrue(
                message.contains(folder.toString())
                        || after.keySet().stream()
                                .anyMatch(name -> message.contains(
                                        Path.of(name).getFileName().toString())),
                () -> when + " names no file: " + e);
        assertFalse(message.contains(".transfuse-"), () -> when + " names a file that is there for a moment: " + e);
    }

    private static Map<String, Integer> sums(Map<String, String> contents) {
        Map<String, Integer> sums = new TreeMap<>();
        contents.forEach((name, bytes) -> sums.put(name, bytes.hashCode()));
        return sums;
    }

    private void restore() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                FolderTree.delete(file);
            }
        }
        for (Map.Entry<String, String> file : before.entrySet()) {
            Path place = folder.resolve(file.getKey());
            Files.createDirectories(place.getParent());
            Files.write(place, file.getValue().getBytes(StandardCharsets.ISO_8859_1));
        }
    }

    /** Files at any depth, with their bytes as letters. */
    public static Map<String, String> contents(Path folder) throws IOException {
        Map<String, String> contents = new TreeMap<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                contents.put(folder.relativize(file).toString(), Files.readString(file, StandardCharsets.ISO_8859_1));
            }
        }
        return contents;
    }
}
