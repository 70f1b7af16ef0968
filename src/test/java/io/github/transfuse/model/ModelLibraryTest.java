package io.github.transfuse.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.transfuse.files.Sha256;
import io.github.transfuse.weights.DType;
import io.github.transfuse.weights.ModelFormatException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelLibraryTest {
    @TempDir
    Path temporary;

    private Path mine;
    private Path trained;
    private ModelLibrary library;

    @BeforeEach
    void model() throws IOException {
        mine = temporary.resolve("models");
        trained = temporary.resolve("lesion");
        ModelFolder.write(trained, Models.spec("lesion"), Models.TENSORS, DType.F16);
        Files.writeString(trained.resolve("history.csv"), "epoch\n");
        library = new ModelLibrary(
                mine,
                new ModelCatalogue(List.of(mine), new BundledModels("/models", temporary.resolve("cache/models"))));
    }

    @AfterEach
    void forget() {
        System.clearProperty(ModelIndex.PROPERTY);
    }

    private static List<String> names(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private Path packed() throws IOException {
        Path zip = temporary.resolve("packed.zip");
        library.pack(trained.toString(), zip);
        return zip;
    }

    private ModelFolder install(String source, String sha256) throws IOException {
        return library.install(source, Optional.empty(), Optional.ofNullable(sha256), () -> false);
    }

    @Test
    void aFolderIsInstalledAndRemoved() throws IOException {
        ModelFolder installed = library.install(trained, Optional.of("my.lesion-2"));
        assertEquals(mine.resolve("my.lesion-2"), installed.path());
        assertEquals(List.of("README.md", "model.json", "weights.safetensors"), names(installed.path()));
        assertArrayEquals(
                Files.readAllBytes(trained.resolve(ModelFolder.WEIGHTS)), Files.readAllBytes(installed.weights()));
        assertEquals(installed, library.catalogue().resolve("my.lesion-2"));
        library.remove("my.lesion-2");
        assertEquals(List.of(), names(mine));
        assertTrue(Files.exists(trained.resolve("history.csv")));
    }

    @Test
    void aPackedModelIsInstalledElsewhere() throws IOException {
        Path zip = packed();
        assertEquals(
                "packed", install(zip.toString(), null).path().getFileName().toString());
        assertEquals(
                "packed",
                install(zip.toUri().toString(), Sha256.of(zip))
                        .path()
                        .getFileName()
                        .toString());
        ModelFolder there = ModelFolder.open(mine.resolve("packed"));
        assertEquals(ModelFolder.open(trained).specSha256(), there.specSha256());
        assertEquals(List.of("packed"), names(mine));
    }

    @Test
    void namesAreTakenFromTheIndex() throws IOException {
        Path zip = packed();
        Path index = temporary.resolve("index.json");
        Files.writeString(
                index,
                String.format(
                        """
                {"models": [{"name": "lesion-x", "title": "Lesions", "url": "packed.zip", "sha256": "%s", "bytes": 9,
                "licence": "CC0-1.0"}]}""",
                        Sha256.of(zip).toUpperCase(java.util.Locale.ROOT)));
        System.setProperty(ModelIndex.PROPERTY, index.toUri().toString());
        assertEquals(mine.resolve("lesion-x"), install("lesion-x", null).path());
        Files.write(zip, new byte[] {0}, java.nio.file.StandardOpenOption.APPEND);
        library.remove("lesion-x");
        assertRefused("SHA-256", () -> install("lesion-x", null));
        for (String damaged : List.of("", "[]", "{}", "{\"models\": [1]}", "{\"models\": [{\"name\": 1}]}")) {
            Files.writeString(index, damaged);
            assertRefused("", () -> install("lesion-x", null));
        }
        assertEquals(List.of(), names(mine));
    }

    @Test
    void whatIsFetchedMustBeTheModel() throws IOException {
        Path zip = packed();
        String address = zip.toUri().toString();
        assertRefused("was expected", () -> install(address, "0".repeat(64)));
        Path page = Files.writeString(temporary.resolve("page.zip"), "<html>Please log in</html>");
        assertRefused("login", () -> install(page.toUri().toString(), null));
        assertRefused("https", () -> install("http://example.org/a.zip", null));
        assertRefused("no address", () -> install("https://exa mple/a.zip", null));
        assertRefused(
                "There is no folder or zip '" + temporary.resolve("none") + "'",
                () -> install(temporary.resolve("none").toString(), null));
        assertEquals(List.of(), names(mine));
    }

    @Test
    void anotherModelKeepsItsName() throws IOException {
        library.install(trained, Optional.of("a"));
        assertEquals(
                mine.resolve("a"), library.install(trained, Optional.of("a")).path());
        Path other = temporary.resolve("other");
        ModelFolder.write(other, Models.spec("other"), Models.TENSORS, DType.F32);
        assertRefused("another model", () -> library.install(other, Optional.of("a")));
        assertEquals(
                "lesion", library.catalogue().resolve("a").spec().identity().name());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "../lesion", "a/b", "-a", "ä", "a b", "C:x"})
    void onlyPlainNamesAreInstalledOrRemoved(String name) throws IOException {
        assertRefused("", () -> library.install(trained, Optional.of(name)));
        Files.createDirectories(mine);
        assertRefused("", () -> library.remove(name));
        assertTrue(Files.exists(trained.resolve(ModelFolder.WEIGHTS)));
    }

    @Test
    void bundledAndUnknownModelsStay() {
        assertRefused("part of the plugin", () -> library.remove("nuclei"));
        assertRefused("There is no model 'nuclai'", () -> library.remove("nuclai"));
    }

    /** A link is removed, not what it leads to. */
    @Test
    void linkedModelsStay() throws IOException {
        Files.createDirectories(mine);
        Files.createSymbolicLink(mine.resolve("linked"), trained);
        library.remove("linked");
        assertFalse(Files.exists(mine.resolve("linked")));
        assertTrue(Files.exists(trained.resolve("history.csv")));
    }

    private static void assertRefused(String word, org.junit.jupiter.api.function.Executable action) {
        String message = assertThrows(ModelFormatException.class, action).getMessage();
        assertTrue(message.contains(word), message);
    }
}
