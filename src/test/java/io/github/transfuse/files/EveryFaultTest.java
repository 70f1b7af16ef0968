package io.github.transfuse.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.opentest4j.AssertionFailedError;

/** What the writers of this package promise holds on a disk that fails at any step. */
class EveryFaultTest {
    @TempDir
    private Path folder;

    @Tag("faults")
    @Test
    void oneFile() throws Exception {
        WholeFile.write(folder.resolve("a.txt"), "old");
        EveryFault.of(folder, to -> WholeFile.write(to.resolve("a.txt"), "new"));
        EveryFault.of(folder, to -> WholeFile.write(to.resolve("b.txt"), "new"));
    }

    @Tag("faults")
    @Test
    void filesThatBelongTogether() throws Exception {
        write(folder, "old", "one/a.txt", "two/b.txt", "two/d.txt", "c.txt", "other.txt");
        EveryFault.of(folder, to -> {
            StagedFiles.sweep(to);
            try (StagedFiles staged = StagedFiles.in(to)) {
                staged.folder("one");
                staged.folder("two");
                staged.folder("three");
                for (String name : new String[] {"one/a.txt", "two/b.txt", "three/e.txt", "c.txt"}) {
                    WholeFile.write(staged.file(name), "new");
                }
                staged.remove("two/d.txt");
                staged.remove("two/none.txt");
                staged.keep("c.txt", "c-before.txt");
                staged.publish();
            }
            assertEquals("old", Files.readString(folder.resolve("c-before.txt")));
        });
    }

    @Tag("faults")
    @Test
    void aFolderAtOnce() throws Exception {
        EveryFault.of(folder, to -> {
            try (StagedFiles staged = StagedFiles.in(to)) {
                WholeFile.write(staged.file("a.txt"), "new");
                WholeFile.write(staged.file("b.txt"), "new");
                staged.publishAs(to.resolve("made"));
            } catch (UnwrittenFileException e) {
                throw e.at(to.resolve("made"));
            }
        });
    }

    @Tag("faults")
    @Test
    void anUnpackedLibrary() throws Exception {
        FakeJar jar = FakeJar.write(folder.resolve("natives.jar"), 1, 200_000);
        Path cache = Files.createDirectory(folder.resolve("cache"));
        EveryFault.Writer unpacking = to -> {
            try {
                new UnpackedFiles(to, jar.files(to), note -> {}).use(to.resolve("other.lock"), () -> {});
            } finally {
                // of no matter
                Files.deleteIfExists(cache.resolve(".transfuse-checked"));
                Files.deleteIfExists(cache.resolve(".transfuse.lock"));
                Files.deleteIfExists(cache.resolve("other.lock"));
            }
        };
        // what a killed process leaves goes when the next one unpacks: UnpackedFilesTest
        EveryFault.of(cache, unpacking, FaultyDisk.Fault.ONCE, FaultyDisk.Fault.FULL);
    }

    /** That the loop can fail: writers that keep no promise. */
    @Tag("faults")
    @Test
    void badWritersAreSeen() throws IOException {
        write(folder, "old", "a.txt", "b.txt");
        assertSeen("as before", to -> Files.writeString(to.resolve("a.txt"), "new"));
        assertSeen("as before", to -> {
            WholeFile.write(to.resolve("a.txt"), "new");
            WholeFile.write(to.resolve("b.txt"), "new");
        });
        assertSeen("as before", to -> {
            Path next = Files.createTempFile(to, "a", ".part");
            Files.writeString(next, "new");
            Files.move(next, to.resolve("a.txt"), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        });
        assertSeen("names no file", to -> {
            try {
                WholeFile.write(to.resolve("a.txt"), "new");
            } catch (IOException e) {
                throw new IOException("something went wrong", e);
            }
        });
    }

    private void assertSeen(String fault, EveryFault.Writer bad) throws IOException {
        AssertionFailedError seen = assertThrows(AssertionFailedError.class, () -> EveryFault.of(folder, bad));
        org.junit.jupiter.api.Assertions.assertTrue(seen.getMessage().contains(fault), seen.getMessage());
        FolderTree.delete(folder);
        Files.createDirectories(folder);
        write(folder, "old", "a.txt", "b.txt");
    }

    private static void write(Path folder, String text, String... names) throws IOException {
        for (String name : names) {
            Files.createDirectories(folder.resolve(name).getParent());
            Files.writeString(folder.resolve(name), text);
        }
    }
}
