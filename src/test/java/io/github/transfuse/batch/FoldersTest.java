package io.github.transfuse.batch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.transfuse.Segmentation;
import io.github.transfuse.settings.SettingException;
import java.io.File;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which files of a folder are segmented, where their results go, and what is told of all others. */
class FoldersTest {
    @TempDir
    Path folder;

    private Path in;
    private Path out;

    @BeforeEach
    void make() throws IOException {
        in = Files.createDirectory(folder.resolve("in"));
        out = folder.resolve("out");
    }

    private Set<String> found(boolean recursive) throws IOException {
        return InputFiles.find(in.toString(), recursive).files().stream()
                .map(file -> in.relativize(file.path()).toString().replace('\\', '/'))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private List<String> notes(String input, boolean recursive) throws IOException {
        return InputFiles.find(input, recursive).notes();
    }

    private BatchRun.Report run(String settings) throws IOException {
        return BatchRun.of(Pictures.model(in, out, settings)).run(BatchListener.NONE);
    }

    /** The definition: all files that java.io lists, folder by folder. */
    private static void collect(File folder, String path, Set<String> images) {
        for (File file : folder.listFiles()) {
            if (file.getName().startsWith(".")) {
                continue;
            }
            if (file.isDirectory()) {
                collect(file, path + file.getName() + "/", images);
            } else if (file.getName().endsWith(".png")) {
                images.add(path + file.getName());
            }
        }
    }

    @Test
    void everyImageOfATreeAndItsResultsInATreeLikeIt() throws IOException {
        Random random = new Random(17);
        Files.createSymbolicLink(in.resolve("linked"), Files.createDirectory(folder.resolve("elsewhere")));
        Pictures.write(folder.resolve("elsewhere/x.png"), 3);
        for (int i = 0; i < 30; i++) {
            String path = random.ints(random.nextInt(4), 0, 3)
                    .mapToObj(d -> "d" + d + "/")
                    .collect(Collectors.joining());
            String name = List.of("a.png", "b.png", "c.txt", ".d.png").get(random.nextInt(4));
            Pictures.write(in.resolve(path + name), i);
        }
        Set<String> expected = new TreeSet<>();
        collect(in.toFile(), "", expected);
        assertTrue(expected.contains("linked/x.png"));
        assertTrue(expected.stream().filter(path -> path.endsWith("/a.png")).count() > 2, expected::toString);
        assertEquals(expected, found(true));
        assertEquals(expected.stream().filter(path -> !path.contains("/")).collect(Collectors.toSet()), found(false));
        assertEquals(expected.size(), run("recursive").done());
        Set<String> labels = Pictures.names(out);
        labels.removeIf(name -> !name.endsWith("-labels.tif"));
        assertEquals(
                expected.stream()
                        .map(path -> path.replace(".png", "-labels.tif"))
                        .collect(Collectors.toCollection(TreeSet::new)),
                labels);
    }

    @Test
    void patternsHoldInAllFoldersToo() throws IOException {
        for (String name : List.of("a1.png", "sub/a2.png", "sub/deep/a3.png", "sub/b.png")) {
            Pictures.write(in.resolve(name), 1);
        }
        String pattern = in + "/a*.png";
        assertEquals(1, InputFiles.find(pattern, false).files().size());
        InputFiles.Found all = InputFiles.find(pattern, true);
        assertEquals(3, all.files().size());
        assertEquals(Path.of("sub", "deep"), all.files().get(2).folder());
    }

    @Test
    void whatIsPassedOverIsToldInOneSentence() throws IOException {
        Pictures.write(in.resolve("a.png"), 1);
        assertEquals(List.of(), notes(in.toString(), false));
        for (String name : List.of("b.csv", "c.TXT", "d", ".hidden")) {
            Files.writeString(in.resolve(name), "x");
        }
        Files.createDirectory(in.resolve("sub"));
        Pictures.write(in.resolve("sub/e.png"), 1);
        Files.createSymbolicLink(in.resolve("gone.png"), folder.resolve("no such file"));
        run("");
        Files.copy(out.resolve("a-labels.tif"), in.resolve("a-labels.tif"));
        Files.copy(out.resolve("a-labels.json"), in.resolve("a-labels.json"));
        assertEquals(
                List.of(
                        "Not segmented in in: 4 files that are not images (.csv, .json, .txt, no ending), 1 result of an"
                                + " earlier run, 1 hidden file or folder, 1 sub-folder (recursive takes it in), 1 link to nothing."),
                notes(in.toString(), false));
        assertFalse(notes(in.toString(), true).get(0).contains("sub-folder"));
        assertEquals(Set.of("a.png", "sub/e.png"), found(true));
        List<String> told = new ArrayList<>();
        BatchRun.of(Pictures.model(in, out, "")).run(new BatchListener() {
            @Override
            public void note(String sentence) {
                told.add(sentence);
            }
        });
        assertEquals(notes(in.toString(), false), told);
    }

    @Test
    void linksThatLeadBackAreToldAndNotFollowedForEver() throws IOException {
        Pictures.write(in.resolve("sub/a.png"), 1);
        Files.createSymbolicLink(in.resolve("sub/again"), in);
        assertEquals(Set.of("sub/a.png"), found(true));
        assertEquals(List.of("Not segmented in in: 1 link to a folder that it lies in."), notes(in.toString(), true));
        assertEquals(
                List.of("Not segmented in in: 1 link to a folder that it lies in."), notes(in + "/**/*.png", false));
    }

    @Test
    void namesThatWouldClashAreKeptApartByTheirFolders() throws IOException {
        Pictures.write(in.resolve("one/a.png"), 1);
        Pictures.write(in.resolve("two/a.png"), 2);
        String message = assertThrows(SettingException.class, () -> InputFiles.find(in + "/*/a.png", false))
                .getMessage();
        assertTrue(message.contains("recursive keeps"), message);
        assertFalse(message.contains(folder.toString()), message);
        assertEquals(2, InputFiles.find(in + "/*/a.png", true).files().size());
        Pictures.write(in.resolve("Two/A.png"), 3);
        assertThrows(SettingException.class, () -> InputFiles.find(in.toString(), true), "one on some disks");
    }

    @Test
    void resultsAmongTheImagesAreNoImagesForPatternsEither() throws IOException {
        Pictures.write(in.resolve("sub/a.png"), 1);
        out = in;
        run("recursive overlay");
        assertEquals(Set.of("sub/a.png"), found(true));
        assertEquals(1, InputFiles.find(in + "/**/*.png", false).files().size());
        assertEquals(1, InputFiles.find(in + "/**/*.{png,tif}", false).files().size());
        assertEquals(1, InputFiles.find(in + "/sub/*-labels.tif", false).files().size(), "asked for by name");
    }

    @Test
    void aTreeWithoutImagesSaysWhatIsThere() throws IOException {
        Pictures.write(in.resolve("sub/a.png"), 1);
        String message = assertThrows(SettingException.class, () -> InputFiles.find(in.toString(), false))
                .getMessage();
        assertTrue(message.contains("1 sub-folder (recursive takes it in)"), message);
    }

    @Test
    void namesAsLongAsFileSystemsAllow() throws IOException {
        String longest = "ä".repeat(125) + "z";
        Pictures.write(in.resolve(longest + ".png"), 1);
        Pictures.write(in.resolve(longest.substring(0, 125) + "y.png"), 2);
        Pictures.write(in.resolve("a".repeat(234) + ".png"), 3);
        assertEquals(255, (longest + ".png").getBytes(StandardCharsets.UTF_8).length);
        assertEquals(3, run("overlay probabilities table rois").done());
        Set<String> names = Pictures.names(out);
        assertEquals(3 * 6, names.size());
        assertTrue(names.contains("a".repeat(234) + "-labels.tif"), "need not be cut");
        assertEquals(
                3, names.stream().filter(name -> name.endsWith("-labels.tif")).count());
        assertEquals(
                2,
                names.stream()
                        .filter(name -> name.matches("ä{112}~[0-9a-f]{8}-labels.tif"))
                        .count(),
                names::toString);
        assertEquals(
                List.of("Too long for the names of results: 2 names, which are cut there and end with a checksum."),
                notes(in.toString(), false));
        assertEquals(3, run("overlay probabilities table rois skip_existing").kept(), "found again");
    }

    @Test
    void aFileHasNoFolders() throws IOException {
        String file = Pictures.write(in.resolve("a.png"), 1).toString();
        assertEquals(List.of("No effect of recursive: the input is one file."), notes(file, true));
        assertEquals(List.of(), notes(file, false));
        assertEquals(InputFile.TOP, InputFiles.find(file, true).files().get(0).folder());
    }

    /** However many files there are, few results are in memory. */
    @Test
    void resultsAreLetGo() throws IOException {
        for (int i = 0; i < 60; i++) {
            Pictures.write(in.resolve(i + ".png"), i);
        }
        List<WeakReference<Segmentation>> results = new ArrayList<>();
        List<Long> alive = new ArrayList<>();
        BatchRun.of(Pictures.model(in, out, "")).run(new BatchListener() {
            @Override
            public void done(Path input, Segmentation result, List<Path> written) {
                results.add(new WeakReference<>(result));
                if (results.size() == 60) {
                    for (int i = 0; i < 3; i++) {
                        System.gc();
                    }
                    alive.add(results.stream()
                            .filter(each -> !each.refersTo(null))
                            .count());
                }
            }
        });
        assertTrue(alive.get(0) <= FilePipeline.COUNT + 2, alive::toString);
    }
}
