package io.github.transfuse.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.transfuse.files.EveryFault;
import io.github.transfuse.files.FaultyDisk;
import io.github.transfuse.weights.DType;
import io.github.transfuse.weights.ModelFormatException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Models that were zipped to be passed on. */
class ModelZipTest {

    @TempDir
    Path temporary;

    private Path cache;
    private Map<String, byte[]> files;

    @BeforeEach
    void model() throws IOException {
        cache = temporary.resolve("cache/zips");
        Path folder = temporary.resolve("lesion");
        ModelFolder.write(folder, Models.spec("lesion"), Models.TENSORS, DType.F16);
        files = new LinkedHashMap<>();
        try (Stream<Path> all = Files.list(folder)) {
            for (Path file : all.sorted().toList()) {
                files.put(file.getFileName().toString(), Files.readAllBytes(file));
            }
        }
    }

    private Path zip(String name, Map<String, byte[]> entries) throws IOException {
        Path zip = temporary.resolve(name);
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                out.putNextEntry(new ZipEntry(entry.getKey()));
                out.write(entry.getValue());
                out.closeEntry();
            }
        }
        return zip;
    }

    private Map<String, byte[]> below(String place) {
        Map<String, byte[]> moved = new LinkedHashMap<>();
        files.forEach((name, bytes) -> moved.put(place + name, bytes));
        return moved;
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "lesion/", "models/of mine/lesion/"})
    void theFolderOrWhatItHoldsIsFound(String place) throws IOException {
        Path zip = zip("my model.zip", below(place));
        ModelFolder model = new ModelZip(cache).open(zip);
        assertEquals("my model", model.path().getFileName().toString());
        for (String name : List.of(ModelFolder.SPEC, ModelFolder.WEIGHTS)) {
            assertEquals(
                    -1,
                    Files.mismatch(
                            temporary.resolve("lesion").resolve(name),
                            model.path().resolve(name)));
        }
    }

    @Test
    void theCatalogueTakesAZipByItsPath() throws IOException {
        Path zip = zip("lesion.ZIP", below("lesion/"));
        ModelCatalogue catalogue =
                new ModelCatalogue(List.of(), new BundledModels("/models", temporary.resolve("cache/models")));
        ModelFolder model = catalogue.resolve(zip.toString());
        assertEquals("lesion", model.spec().identity().name());
        assertTrue(catalogue.isBundled(model), "nothing is trained into the cache");
    }

    @Test
    void nothingLeavesTheFolder() throws IOException {
        Map<String, byte[]> entries = below("");
        byte[] evil = "evil".getBytes(StandardCharsets.UTF_8);
        entries.put("../evil.txt", evil);
        entries.put("/etc/evil.txt", evil);
        entries.put("run.sh", evil);
        ModelFolder model = new ModelZip(cache).open(zip("a.zip", entries));
        try (Stream<Path> all = Files.walk(temporary.resolve("cache"))) {
            assertFalse(all.anyMatch(
                    file -> file.toString().contains("evil") || file.toString().endsWith(".sh")));
        }
        assertTrue(Files.isRegularFile(model.weights()));
    }

    @Test
    void aDamagedCopyIsUnpackedAgain() throws IOException {
        Path zip = zip("a.zip", below(""));
        ModelFolder first = new ModelZip(cache).open(zip);
        Files.writeString(first.path().resolve(ModelFolder.SPEC), "{");
        assertEquals("lesion", new ModelZip(cache).open(zip).spec().identity().name());
    }

    @Test
    void whatIsNoZippedModelIsRefused() throws IOException {
        Path none = zip("none.zip", Map.of("a.txt", new byte[3]));
        assertTrue(refusal(none).contains("holds no model"), refusal(none));
        Map<String, byte[]> two = below("one/");
        two.putAll(below("two/"));
        Path several = zip("two.zip", two);
        assertTrue(refusal(several).contains("holds 2 models"), refusal(several));
        Path cut = temporary.resolve("cut.zip");
        byte[] whole = Files.readAllBytes(zip("a.zip", below("")));
        Files.write(cut, Arrays.copyOf(whole, whole.length / 2));
        assertTrue(refusal(cut).contains("the zip cannot be read"), refusal(cut));
        Map<String, byte[]> halved = below("");
        halved.remove(ModelFolder.WEIGHTS);
        assertTrue(refusal(zip("b.zip", halved)).contains("the weights are missing"));
    }

    private String refusal(Path zip) {
        return assertThrows(ModelFormatException.class, () -> new ModelZip(cache).open(zip))
                .getMessage();
    }

    @Tag("faults")
    @Test
    void onADiskThatFailsAtAnyStepNoModelIsLeft() throws Exception {
        Path zip = zip("a.zip", below(""));
        Path place = Files.createDirectory(temporary.resolve("place"));
        EveryFault.of(place, to -> new ModelZip(to).open(zip), FaultyDisk.Fault.FULL);
    }
}
