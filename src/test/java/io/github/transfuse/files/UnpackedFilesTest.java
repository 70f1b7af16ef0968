package io.github.transfuse.files;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever became of the unpacked copies, what is used is what the jar holds. */
class UnpackedFilesTest {
    @TempDir
    private Path folder;

    private final List<String> notes = new ArrayList<>();
    private FakeJar jar;
    private Path cache;

    @BeforeEach
    void makeJar() throws IOException {
        jar = FakeJar.write(folder.resolve("natives.jar"), 3, 200_000);
        cache = Files.createDirectory(folder.resolve("cache"));
    }

    @Test
    void unpacksWhatIsMissing() throws IOException {
        use();
        assertWhole();
        assertEquals(List.of(), notes, "a first start is no damage");
        for (UnpackedFile file : jar.files(cache)) {
            assertEquals(
                    file.modified(), Files.getLastModifiedTime(file.target()).toMillis(), "JavaCPP asks for it");
        }
    }

    @Test
    void cutAtManyPlaces() throws IOException {
        use();
        Path file = jar.files(cache).get(1).target();
        for (int place = 0; place < 20; place++) {
            notes.clear();
            FileTime time = Files.getLastModifiedTime(file);
            truncate(file, place * 9_999L);
            Files.setLastModifiedTime(file, time);
            use();
            assertWhole();
            assertEquals(1, notes.size(), "told once: " + notes);
            assertTrue(notes.get(0).contains(file.getFileName().toString()), notes.get(0));
        }
    }

    @Test
    void zeroedInTheMiddleWithSizeAndTimeAsBefore() throws IOException {
        use();
        Path file = jar.files(cache).get(2).target();
        FileTime time = Files.getLastModifiedTime(file);
        try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
            out.seek(100_000);
            out.write(new byte[4096]);
        }
        Files.setLastModifiedTime(file, time);
        use();
        assertWhole();
        assertEquals(1, notes.size());
    }

    @Test
    void writtenByAnotherProgramWithoutANote() throws IOException {
        for (UnpackedFile file : jar.files(cache)) {
            Files.createDirectories(file.target().getParent());
            Files.write(file.target(), new byte[(int) file.size()]);
            Files.setLastModifiedTime(file.target(), FileTime.fromMillis(file.modified()));
        }
        use();
        assertWhole();
        assertEquals(1, notes.size(), "three files, one line: " + notes);
    }

    @Test
    void onlyTheTimeIsWrong() throws IOException {
        use();
        UnpackedFile file = jar.files(cache).get(0);
        Object key = key(file.target());
        Files.setLastModifiedTime(file.target(), FileTime.fromMillis(0));
        use();
        assertEquals(key, key(file.target()), "it is not unpacked again");
        assertEquals(file.modified(), Files.getLastModifiedTime(file.target()).toMillis());
        assertEquals(List.of(), notes);
    }

    @Test
    void aDamagedNoteOnlyCostsTime() throws IOException {
        use();
        Files.write(cache.resolve(".transfuse-checked"), new byte[] {(byte) 0xff, 0, 9, 9, 10});
        use();
        assertWhole();
        assertEquals(List.of(), notes);
    }

    @Test
    void whatIsNotedIsNotReadAgain() throws IOException {
        use();
        UnpackedFile file = jar.files(cache).get(0);
        UnpackedFile other =
                new UnpackedFile(file.source(), file.target(), file.size(), file.crc() ^ 1, file.modified());
        assertTrue(CheckedFiles.read(cache).holdAll(jar.files(cache)));
        assertFalse(CheckedFiles.read(cache).holds(other), "another jar of the same name");
    }

    @Test
    void linksOfJavaCppStay() throws IOException {
        use();
        Path link = jar.files(cache).get(0).target();
        Files.delete(link);
        Files.createSymbolicLink(link, jar.files(cache).get(1).target());
        use();
        assertTrue(Files.isSymbolicLink(link));
        Files.delete(link);
        Files.createSymbolicLink(link, Files.write(folder.resolve("outside"), new byte[9]));
        use();
        assertFalse(Files.isSymbolicLink(link), "what a link leads to outside is not checked");
        assertWhole();
    }

    @Test
    void threadsAtOnceUnpackOnce() throws Exception {
        AtomicInteger used = new AtomicInteger();
        Set<Object> copies = ConcurrentHashMap.newKeySet();
        Path first = jar.files(cache).get(0).target();
        Callable<Void> start = () -> {
            new UnpackedFiles(cache, jar.files(cache), note -> notes.add(note)).use(cache.resolve(".lock"), () -> {
                used.incrementAndGet();
                copies.add(key(first));
                assertWhole();
            });
            return null;
        };
        ExecutorService threads = Executors.newFixedThreadPool(6);
        try {
            for (Future<Void> done : threads.invokeAll(List.of(start, start, start, start, start, start))) {
                done.get(1, TimeUnit.MINUTES);
            }
        } finally {
            threads.shutdownNow();
        }
        assertEquals(6, used.get());
        assertEquals(1, copies.size(), "one unpacks, the others wait");
        assertEquals(List.of(), notes);
    }

    @Test
    void aJarThatIsDamagedItselfIsNamed() throws IOException {
        UnpackedFile file = jar.files(cache).get(0);
        UnpackedFile wrong =
                new UnpackedFile(file.source(), file.target(), file.size(), file.crc() ^ 1, file.modified());
        UnpackedFiles files = new UnpackedFiles(cache, List.of(wrong), notes::add);
        IOException e = assertThrows(UnpackingException.class, () -> files.use(cache.resolve(".lock"), () -> {}));
        assertTrue(e.getMessage().contains("natives.jar"), e.getMessage());
        assertFalse(Files.exists(file.target()));
        assertEquals(0, strays());
    }

    @Test
    void saysHowMuchRoomIsNeeded() throws IOException {
        // a file where a folder must be made stands for any disk that cannot be written
        Files.write(cache.resolve("natives.jar"), new byte[1]);
        String message = assertThrows(IOException.class, this::use).getMessage();
        assertTrue(message.contains(cache.toString()) && message.contains("They need 1 MB"), message);
        assertTrue(message.contains("MB are free"), message);
    }

    /** The process is killed after ever more time, until it once comes to its end. */
    @Test
    void killedAtAnyMoment() throws Exception {
        FakeJar large = FakeJar.write(folder.resolve("large.jar"), 6, 3_000_000);
        boolean ended = false;
        int kills = 0;
        for (int millis = 0; !ended; millis = millis * 3 / 2 + 10) {
            Process process = UnpackMain.start(large.path(), cache, millis);
            assertTrue(process.waitFor(1, TimeUnit.MINUTES));
            ended = process.exitValue() == 0;
            kills += ended ? 0 : 1;
            for (UnpackedFile file : large.files(cache)) {
                if (Files.exists(file.target())) {
                    assertArrayEquals(large.bytes(file), Files.readAllBytes(file.target()), "half a file has the name");
                }
            }
        }
        assertTrue(kills > 2, kills + " kills");
        assertEquals(0, strays(), "the last start removes what the others left");
    }

    @Test
    void threeProcessesAtOnce() throws Exception {
        FakeJar large = FakeJar.write(folder.resolve("large.jar"), 6, 3_000_000);
        List<Process> processes = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            processes.add(UnpackMain.start(large.path(), cache, -1));
        }
        for (Process process : processes) {
            assertTrue(process.waitFor(2, TimeUnit.MINUTES));
            assertEquals(0, process.exitValue(), "each finds all files whole");
        }
    }

    private void use() throws IOException {
        new UnpackedFiles(cache, jar.files(cache), notes::add).use(cache.resolve(".lock"), this::assertWhole);
    }

    private void assertWhole() {
        jar.assertWhole(cache);
    }

    /** What the disk calls the file; its time where that says nothing. */
    private static Object key(Path file) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return attributes.fileKey() == null ? attributes.creationTime() : attributes.fileKey();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private long strays() throws IOException {
        try (Stream<Path> files = Files.walk(cache)) {
            return files.filter(file -> file.getFileName().toString().startsWith(".unpacking"))
                    .count();
        }
    }

    private static void truncate(Path file, long size) throws IOException {
        try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
            out.setLength(size);
        }
    }
}
