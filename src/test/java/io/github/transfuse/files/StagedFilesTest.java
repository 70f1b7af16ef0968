package io.github.transfuse.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** All files take the places of earlier ones, or none does. */
class StagedFilesTest {
    private static final List<String> NAMES = List.of("a.tif", "b.json", "c.png");

    @TempDir
    private Path folder;

    @Test
    void allAppearAtTheEnd() throws IOException {
        writeAll("old");
        try (StagedFiles staged = StagedFiles.in(folder)) {
            for (String name : NAMES) {
                Files.writeString(staged.file(name), "new");
            }
            assertEquals(allOf("old"), contents(), "nothing appears before all are complete");
            staged.publish();
        }
        assertEquals(allOf("new"), contents());
        assertEquals(0, hidden());
    }

    @Test
    void aFailureBeforeTheEndLeavesTheEarlierFiles() throws IOException {
        writeAll("old");
        try (StagedFiles staged = StagedFiles.in(folder)) {
            Files.writeString(staged.file("a.tif"), "new");
        }
        assertEquals(allOf("old"), contents());
        assertEquals(0, hidden());
    }

    @Test
    void aFileThatWasForgottenStopsAll() throws IOException {
        writeAll("old");
        try (StagedFiles staged = StagedFiles.in(folder)) {
            Files.writeString(staged.file("a.tif"), "new");
            staged.file("b.json");
            assertThrows(IOException.class, staged::publish);
        }
        assertEquals(allOf("old"), contents());
    }

    @Test
    void aMoveThatFailsPutsTheEarlierFilesBack() throws IOException {
        writeAll("old");
        Files.delete(folder.resolve("b.json"));
        try (StagedFiles staged = StagedFiles.in(folder)) {
            Path last = staged.file("a.tif").getParent().resolveSibling("new").resolve("c.png");
            for (String name : NAMES) {
                Files.writeString(staged.file(name), "new");
            }
            assertThrows(
                    IOException.class,
                    () -> staged.publish(moved -> last.toFile().delete()));
        }
        assertEquals(new TreeMap<>(Map.of("a.tif", "old", "c.png", "old")), contents(), "b.json was not there before");
        assertEquals(0, hidden());
    }

    @Test
    void filesThatWindowsHasMappedAreReplacedToo() throws IOException {
        writeAll("old");
        try (StagedFiles staged = StagedFiles.in(FaultyDisk.withMappedFiles().path(folder))) {
            for (String name : NAMES) {
                WholeFile.write(staged.file(name), "new");
            }
            staged.publish();
        }
        assertEquals(allOf("new"), contents());
        assertEquals(0, hidden());
    }

    @Test
    void aFolderOfTheUserIsNeverReplaced() throws IOException {
        for (List<String> names : List.of(NAMES, List.of("c.png"))) {
            Path kept = Files.createDirectories(folder.resolve("c.png").resolve("inner"));
            try (StagedFiles staged = StagedFiles.in(folder)) {
                for (String name : names) {
                    Files.writeString(staged.file(name), "new");
                }
                assertThrows(IOException.class, staged::publish);
            }
            assertTrue(Files.exists(kept));
            assertEquals(new TreeMap<>(), contents());
            assertEquals(0, hidden());
        }
    }

    @Test
    void killedAtAnyPlaceTheNextSweepLeavesOldOrNew() throws Exception {
        for (StagingMain.Place place : EnumSet.complementOf(EnumSet.of(StagingMain.Place.WAITING))) {
            writeAll("old");
            assertEquals(9, StagingMain.run(folder, place), place.toString());
            if (place != StagingMain.Place.BETWEEN_MOVES) {
                assertEquals(allOf("old"), contents(), place + ": the earlier files as they were");
            }
            StagedFiles.sweep(folder);
            assertEquals(
                    allOf(place == StagingMain.Place.BETWEEN_MOVES ? "new" : "old"), contents(), place + ": whole");
            assertEquals(0, hidden(), place + ": swept");
        }
    }

    @Test
    void killedWhileEarlierFilesArePutBack() throws IOException {
        // a was moved and is old again, b was moved and is new still, c was not there before and was not moved
        writeAll("old");
        Files.writeString(folder.resolve("b.json"), "new");
        Files.delete(folder.resolve("c.png"));
        Path stray = Files.createDirectories(folder.resolve(".transfuse-1.tmp"));
        Files.createFile(stray.resolve("lock"));
        Files.write(stray.resolve("order"), NAMES);
        Files.writeString(Files.createDirectory(stray.resolve("undone")).resolve("c.png"), "new");
        Files.writeString(Files.createDirectory(stray.resolve("old")).resolve("b.json"), "old");
        Files.createLink(stray.resolve("old").resolve("a.tif"), folder.resolve("a.tif"));
        StagedFiles.sweep(folder);
        assertEquals(new TreeMap<>(Map.of("a.tif", "old", "b.json", "old")), contents());
        assertEquals(0, hidden());
    }

    @Test
    void whatWasChangedSinceTheKillStays() throws Exception {
        writeAll("old");
        StagingMain.run(folder, StagingMain.Place.BETWEEN_MOVES);
        Path edited = folder.resolve("c.png");
        Files.writeString(edited, "edited by hand");
        Files.setLastModifiedTime(edited, FileTime.fromMillis(System.currentTimeMillis() + 5000));
        StagedFiles.sweep(folder);
        assertEquals("edited by hand", Files.readString(edited));
    }

    @Test
    void whatLivingProcessesWriteStays() throws Exception {
        Process other = StagingMain.start(folder, StagingMain.Place.WAITING);
        try (StagedFiles own = StagedFiles.in(folder)) {
            Files.writeString(own.file("a.tif"), "own");
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
            while (hidden() < 2 && System.nanoTime() < end) {
                Thread.sleep(20);
            }
            other.getInputStream().read();
            StagedFiles.sweep(folder);
            StagedFiles.sweep(folder);
            assertEquals(2, hidden(), "one of this process, one of the other");
            own.publish();
        } finally {
            other.destroyForcibly().waitFor();
        }
        assertEquals("own", Files.readString(folder.resolve("a.tif")));
        StagedFiles.sweep(folder);
        assertEquals(0, hidden());
    }

    @Test
    void aFolderAppearsWhole() throws IOException {
        Path target = folder.resolve("model");
        for (String text : List.of("first", "second")) {
            try (StagedFiles staged = StagedFiles.in(folder)) {
                for (String name : NAMES) {
                    Files.writeString(staged.file(name), text);
                }
                staged.publishAs(target);
            }
            assertEquals(text, Files.readString(target.resolve("b.json")));
        }
        assertEquals(0, hidden());
    }

    @Test
    void oneFileIsWholeOrAsBefore() throws IOException {
        Path file = folder.resolve("a.tif");
        WholeFile.write(file, out -> out.write('x'));
        assertThrows(
                IOException.class,
                () -> WholeFile.write(file, out -> {
                    out.write(new byte[3_000_000]);
                    throw new IOException("full");
                }));
        assertEquals("x", Files.readString(file));
        assertEquals(0, hidden());
    }

    @Test
    void stagedFilesAreWrittenOnce() throws IOException {
        try (StagedFiles staged = StagedFiles.in(folder)) {
            Path file = staged.file("a.tif");
            WholeFile.write(file, out -> {
                try (Stream<Path> beside = Files.list(file.getParent())) {
                    assertEquals(List.of(file), beside.toList(), "no staging within staging");
                }
            });
        }
    }

    private void writeAll(String text) throws IOException {
        for (String name : NAMES) {
            Files.writeString(folder.resolve(name), text);
        }
    }

    private static Map<String, String> allOf(String text) {
        Map<String, String> contents = new TreeMap<>();
        NAMES.forEach(name -> contents.put(name, text));
        return contents;
    }

    private Map<String, String> contents() throws IOException {
        Map<String, String> contents = new TreeMap<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                contents.put(file.getFileName().toString(), Files.readString(file));
            }
        }
        return contents;
    }

    private long hidden() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().startsWith("."))
                    .count();
        }
    }
}
