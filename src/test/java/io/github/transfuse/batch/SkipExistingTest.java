package io.github.transfuse.batch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A folder that is half done goes on; what was made in another way is made again, and it is said why. */
class SkipExistingTest {
    private static final FileTime LONG_AGO = FileTime.fromMillis(1_000_000_000_000L);

    @TempDir
    Path folder;

    private Path in;
    private Path out;

    @BeforeEach
    void firstRun() throws IOException {
        in = folder.resolve("in");
        out = folder.resolve("out");
        for (String name : List.of("a", "b", "c")) {
            Pictures.write(in.resolve(name + ".png"), 40);
        }
        BatchRun.of(Pictures.model(in, out, "overlay")).run(BatchListener.NONE);
        age();
    }

    private void age() throws IOException {
        for (String name : Pictures.names(out)) {
            Files.setLastModifiedTime(out.resolve(name), LONG_AGO);
        }
    }

    /** Names of the images whose labels were written since the first run. */
    private String made() throws IOException {
        StringBuilder made = new StringBuilder();
        for (String name : List.of("a", "b", "c")) {
            Path labels = out.resolve(name + "-labels.tif");
            if (!Files.getLastModifiedTime(labels).equals(LONG_AGO)) {
                made.append(name);
            }
        }
        return made.toString();
    }

    private List<String> run(String settings) throws IOException {
        List<String> told = new ArrayList<>();
        BatchRun.of(Pictures.model(in, out, settings)).run(new BatchListener() {
            @Override
            public void kept(Path input, Path labels) {
                told.add("kept " + labels.getFileName());
            }

            @Override
            public void again(Path input, String reason) {
                told.add(input.getFileName() + ": " + reason);
            }
        });
        return told;
    }

    @Test
    void onlyWhatIsNotDoneIsDone() throws IOException {
        Files.delete(out.resolve("b-labels.tif"));
        assertEquals(List.of("kept a-labels.tif", "kept c-labels.tif"), run("overlay skip_existing"));
        assertEquals("b", made());
    }

    @Test
    void everythingIsDoneIfNobodyAsks() throws IOException {
        assertEquals(List.of(), run("overlay"));
        assertEquals("abc", made());
    }

    @Test
    void theContentsOfAnImageCountNotItsDate() throws IOException {
        byte[] same = Files.readAllBytes(in.resolve("a.png"));
        Files.delete(in.resolve("a.png"));
        Files.write(in.resolve("a.png"), same);
        Pictures.write(in.resolve("b.png"), 41);
        assertEquals(
                List.of("kept a-labels.tif", "b.png: the image has changed", "kept c-labels.tif"),
                run("overlay skip_existing"));
        assertEquals("b", made());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "overlay overlap=0.25|overlap was auto and is 0.25",
                "overlay min_size=3 flips|min_size was auto and is 3, flips was false and is true",
                "table probabilities|probabilities, table are missing"
            })
    void whatDiffersIsDoneAgain(String settings, String reason) throws IOException {
        assertEquals(
                List.of("a.png: " + reason, "b.png: " + reason, "c.png: " + reason), run(settings + " skip_existing"));
        assertEquals("abc", made());
        age();
        run(settings + " skip_existing");
        assertEquals("", made(), "then it is done");
    }

    /** Fewer results are wanted, others go into the record, or names in it are whole: pixels are the same. */
    @ParameterizedTest
    @CsvSource({"''", "keep_paths", "recursive", "overlay=false keep_paths recursive"})
    void whatPixelsDoNotDependOnIsNoReason(String settings) throws IOException {
        run(settings + " skip_existing");
        assertEquals("", made());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"model_sha256\": \"0|\"model_sha256\": \"1|the model is another one",
                "\"model_spec_sha256\": \"|\"model_spec_sha256\": \"x|the model is another one",
                "\"plugin\": \"TransFuse |\"plugin\": \"TransFuse 0.0.|it was made by another version of TransFuse",
                "\"input_sha256\"|\"other\"|the earlier run did not record the checksum of the image",
                "{|<|the record of the earlier run cannot be read"
            })
    void theRecordDecides(String was, String becomes, String reason) throws IOException {
        Path record = out.resolve("b-labels.json");
        Files.writeString(record, Files.readString(record).replace(was, becomes));
        assertEquals(
                List.of("kept a-labels.tif", "b.png: " + reason, "kept c-labels.tif"), run("overlay skip_existing"));
        assertEquals("b", made());
    }

    @Test
    void pixelsInOtherFilesAreNotTrusted() throws IOException {
        Path header = in.resolve("d.nhdr");
        Files.writeString(
                header, "NRRD0004\ntype: uint8\ndimension: 2\nsizes: 20 16\nencoding: raw\ndata file: d.raw\n\n");
        Files.write(in.resolve("d.raw"), new byte[320]);
        run("overlay skip_existing");
        assertEquals(
                "d.nhdr: its pixels lie in other files, which are not compared",
                run("overlay skip_existing").get(3));
    }
}
