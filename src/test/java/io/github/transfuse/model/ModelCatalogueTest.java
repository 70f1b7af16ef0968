package io.github.transfuse.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.transfuse.files.EveryFault;
import io.github.transfuse.files.FolderTree;
import io.github.transfuse.weights.DType;
import io.github.transfuse.weights.ModelFormatException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Names find bundled and installed models. The bundled one of these tests is written below the test classes. */
class ModelCatalogueTest {
    @TempDir
    Path temporary;

    private Path resources;
    private ModelCatalogue catalogue;

    @BeforeEach
    void bundleAndInstall() throws IOException {
        resources = Path.of("target", "test-classes", "bundled-for-test");
        Files.createDirectories(resources);
        Files.writeString(resources.resolve("index.txt"), "# comment\n\nlesion\n");
        ModelFolder.write(resources.resolve("lesion"), Models.spec("lesion"), Models.TENSORS, DType.F16);
        Path installed = temporary.resolve("installed");
        ModelFolder.write(installed.resolve("nuclei"), Models.spec("nuclei"), Models.TENSORS, DType.F32);
        BundledModels bundled = new BundledModels("/bundled-for-test", temporary.resolve("cache"));
        catalogue = new ModelCatalogue(List.of(installed, temporary.resolve("missing")), bundled);
    }

    @AfterEach
    void unbundle() throws IOException {
        FolderTree.delete(resources);
    }

    @Test
    void bundledAndInstalledModelsAreListed() throws IOException {
        assertEquals(
                List.of("nuclei INSTALLED", "lesion BUNDLED"),
                catalogue.entries().stream()
                        .map(entry -> entry.name() + " " + entry.source())
                        .toList());
    }

    /** A name means the model of the catalogue; who has just trained one of that name in this folder is told. */
    @Test
    void aFolderOfTheSameNameIsTold() throws IOException {
        Path here = Files.createDirectories(temporary.resolve("here"));
        ModelFolder bundled = catalogue.resolve("lesion");
        ModelFolder installed = catalogue.resolve("nuclei");
        Files.createDirectories(here.resolve("lesion"));
        assertTrue(catalogue.namesake(bundled, here).isEmpty(), "a folder that is no model");
        for (String name : List.of("lesion", "nuclei")) {
            ModelFolder.write(here.resolve(name), Models.spec(name), Models.TENSORS, DType.F32);
        }
        assertEquals(
                "This is the model lesion of the plugin, not the folder lesion that lies here. To use that, write ./lesion.",
                catalogue.namesake(bundled, here).orElseThrow());
        assertEquals(
                "This is the model nuclei that is installed, not the folder nuclei that lies here. To use that, write ./nuclei.",
                catalogue.namesake(installed, here).orElseThrow());
        assertTrue(
                catalogue
                        .namesake(ModelFolder.open(here.resolve("nuclei")), here)
                        .isEmpty(),
                "the folder itself");
        assertTrue(catalogue.namesake(installed, installed.path().getParent()).isEmpty(), "the same folder");
    }

    @Test
    void aBundledModelIsUnpackedOnce() throws IOException {
        Path first = catalogue.resolve("lesion").path();
        Path weights = first.resolve(ModelFolder.WEIGHTS);
        Object before = Files.readAttributes(weights, "unix:ino").get("ino");
        assertEquals(first, catalogue.resolve("lesion").path());
        assertEquals(before, Files.readAttributes(weights, "unix:ino").get("ino"));
        try (Stream<Path> cached = Files.list(first.getParent())) {
            assertEquals(List.of(first), cached.toList());
        }
    }

    @Tag("faults")
    @Test
    void onADiskThatFailsAtAnyStepNothingHalfUnpackedIsLeft() throws Exception {
        Path cache = Files.createDirectory(temporary.resolve("other cache"));
        EveryFault.of(cache, to -> new BundledModels("/bundled-for-test", to).open("lesion"));
    }

    @Test
    void aDamagedCacheIsReplaced() throws IOException {
        Path folder = catalogue.resolve("lesion").path();
        Files.write(folder.resolve(ModelFolder.WEIGHTS), new byte[3]);
        assertEquals("lesion", catalogue.resolve("lesion").spec().identity().name());
        assertTrue(Files.size(folder.resolve(ModelFolder.WEIGHTS)) > 3);
    }

    @Test
    void aCacheThatCannotBeWrittenIsNamedWithTheWayOut() throws IOException {
        Path blocked = Files.writeString(temporary.resolve("blocked"), "a file");
        ModelCatalogue other = new ModelCatalogue(List.of(), new BundledModels("/bundled-for-test", blocked));
        String message =
                assertThrows(IOException.class, () -> other.resolve("lesion")).getMessage();
        assertTrue(message.contains("blocked") && message.contains("-Dtransfuse.cache=FOLDER"), message);
    }

    @Test
    void anInstalledModelWinsOverABundledOneOfTheSameName() throws IOException {
        Path mine = temporary.resolve("installed").resolve("lesion");
        ModelFolder.write(mine, Models.spec("lesion"), Models.TENSORS, DType.F32);
        assertEquals(mine, catalogue.resolve("lesion").path());
        assertEquals(2, catalogue.entries().size());
    }

    @Test
    void aFolderIsOpenedByItsPath() throws IOException {
        Path folder = temporary.resolve("installed").resolve("nuclei");
        assertEquals(
                "nuclei", catalogue.resolve(folder.toString()).spec().identity().name());
    }

    @Test
    void aSeparatorBehindANameIsForgiven() throws IOException {
        assertEquals("lesion", catalogue.resolve("lesion/").spec().identity().name());
        assertEquals("lesion", catalogue.resolve("lesion\\").spec().identity().name());
    }

    @Test
    void anUnknownNameIsAnsweredWithTheKnownOnes() {
        String message = assertThrows(ModelFormatException.class, () -> catalogue.resolve("leison"))
                .getMessage();
        assertTrue(message.contains("'leison'. Did you mean lesion? Known models: nuclei, lesion"), message);
    }

    @ParameterizedTest
    @CsvSource({"Nuclei, nuclei", "nucleis, nuclei", "n_uclei, nuclei", "LEZION, lesion", "lesions/, lesion"})
    void aMistypedNameIsUnderstood(String wrong, String right) {
        String message = assertThrows(ModelFormatException.class, () -> catalogue.resolve(wrong))
                .getMessage();
        assertTrue(message.contains("Did you mean " + right + "?"), message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"hippocampus", "cell", "x"})
    void aNameOfSomethingElseIsNot(String wrong) {
        String message = assertThrows(ModelFormatException.class, () -> catalogue.resolve(wrong))
                .getMessage();
        assertTrue(!message.contains("Did you mean"), message);
    }

    @Test
    void aBrokenInstalledModelIsToldAndHidesNoOther() throws IOException {
        Path broken = Files.createDirectories(temporary.resolve("installed").resolve("broken"));
        Files.writeString(broken.resolve(ModelFolder.SPEC), "{");
        assertEquals(2, catalogue.entries().size());
        assertEquals(1, catalogue.problems().size());
        assertTrue(catalogue.problems().get(0).contains("broken"));
        assertThrows(ModelFormatException.class, () -> catalogue.resolve("broken"));
    }

    @Test
    void everyShippedModelOpens() throws IOException {
        BundledModels shipped = new BundledModels("/models", temporary.resolve("cache"));
        for (String name : shipped.names()) {
            assertEquals(name, shipped.open(name).spec().identity().name());
        }
    }
}
