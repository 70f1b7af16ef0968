package io.github.transfuse.fuzz;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Some of the inputs of {@code mvn -Pfuzz}, always the same; and the small files that a reader once failed at. However a file is
 * damaged, it is read or refused in words that name it, within two seconds, in memory of the order of its size.
 */
class FuzzReplayTest {
    private static final Path FOUND = Path.of("src", "test", "resources", "fuzz");
    private static final int INPUTS = Integer.getInteger("transfuse.fuzz.inputs", 80);
    private static final long FIRST = Long.getLong("transfuse.fuzz.first", 0);
    private static final int CUTS = 50;

    @TempDir
    Path folder;

    private List<Target> targets() throws IOException {
        return Targets.all(Files.createDirectories(folder.resolve("seeds")));
    }

    @TestFactory
    Stream<DynamicTest> mutatedFilesAreReadOrRefused() throws IOException {
        return targets().stream()
                .map(target -> DynamicTest.dynamicTest(target.name(), () -> {
                    Path place = Files.createDirectories(folder.resolve(target.name()));
                    FuzzRun run = new FuzzRun(target, place);
                    // Writing many files takes long
                    int inputs = target.packing() == Packing.FOLDER ? INPUTS / 4 : INPUTS;
                    assertEquals(List.of(), run.run(FIRST, FIRST + inputs, 3), run::summary);
                }));
    }

    /** What is valid is read: else nothing would be tested. */
    @TestFactory
    Stream<DynamicTest> whatTheyComeFromIsRead() throws IOException {
        return targets().stream()
                .map(target -> DynamicTest.dynamicTest(target.name(), () -> {
                    Path place = Files.createDirectories(folder.resolve("valid-" + target.name()));
                    for (int i = 0; i < target.seeds().size(); i++) {
                        Path file = target.writeSeed(place, i);
                        int seed = i;
                        if (!target.name().equals("macro")) {
                            assertDoesNotThrow(() -> target.use().read(file), () -> "seed " + seed);
                        }
                    }
                }));
    }

    /** What is cut is refused, or nothing that is read was in what is missing. */
    @TestFactory
    Stream<DynamicTest> whatIsCutIsNotReadByHalf() throws IOException {
        return targets().stream()
                .filter(target -> !target.isText())
                .map(target -> DynamicTest.dynamicTest(target.name(), () -> {
                    Path place = Files.createDirectories(folder.resolve("cut-" + target.name()));
                    int seeds = target.packing() == Packing.FOLDER ? 2 : 8;
                    for (int i = 0; i < Math.min(target.seeds().size(), seeds); i++) {
                        cut(target, place, i);
                    }
                }));
    }

    private static void cut(Target target, Path place, int index) throws IOException {
        Map<String, byte[]> files = target.seeds().get(index);
        String longest = files.keySet().stream()
                .max((a, b) -> files.get(a).length - files.get(b).length)
                .orElseThrow();
        Path whole = place.resolve("whole" + index + target.ending());
        target.packing().write(whole, files);
        long expected = target.use().read(whole);
        for (int part = 0; part < CUTS; part++) {
            Path file = place.resolve("cut" + index + "-" + part + target.ending());
            if (target.packing() == Packing.FOLDER) {
                Map<String, byte[]> cut = new LinkedHashMap<>(files);
                cut.put(longest, shortened(files.get(longest), part));
                target.packing().write(file, cut);
            } else {
                Files.write(file, shortened(Files.readAllBytes(whole), part));
            }
            boolean[] refused = new boolean[1];
            long[] seen = new long[1];
            String fault =
                    target.with(read -> seen[0] = target.use().read(read)).read(file, () -> refused[0] = true);
            assertEquals("", fault);
            int number = part;
            assertTrue(
                    refused[0] || seen[0] == expected,
                    () -> "seed " + index + " cut to " + number + " of " + CUTS + " is read as something else");
        }
    }

    private static byte[] shortened(byte[] bytes, int part) {
        return Arrays.copyOf(bytes, (int) ((long) bytes.length * part / CUTS));
    }

    /** The folder of each is called as the reader. */
    @TestFactory
    Stream<DynamicTest> whatWasFoundStaysMended() throws IOException {
        Map<String, Target> byName = new LinkedHashMap<>();
        targets().forEach(target -> byName.put(target.name(), target));
        List<Path> found;
        try (Stream<Path> all = Files.walk(FOUND)) {
            found = all.filter(Files::isRegularFile).sorted().toList();
        }
        return found.stream()
                .map(file -> DynamicTest.dynamicTest(FOUND.relativize(file).toString(), () -> {
                    Target target = byName.get(file.getParent().getFileName().toString());
                    assertEquals("", new FuzzRun(target, folder).trial(file));
                }));
    }
}
