package io.github.transfuse.qupath;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;

/** The one file that a user of QuPath receives. */
class ExtensionJarPackagedIT {
    private static final Path JAR = Path.of("target/qupath-extension-transfuse-0.1.0.jar");

    private static NavigableSet<String> names() throws IOException {
        try (JarFile jar = new JarFile(JAR.toFile())) {
            NavigableSet<String> names = new TreeSet<>();
            jar.stream().forEach(entry -> names.add(entry.getName()));
            return names;
        }
    }

    @Test
    void registersTheExtensionWithItsVersion() throws IOException {
        try (JarFile jar = new JarFile(JAR.toFile())) {
            assertEquals(
                    "0.1.0", jar.getManifest().getMainAttributes().getValue(Attributes.Name.IMPLEMENTATION_VERSION));
            String service = text(jar, "META-INF/services/qupath.lib.gui.extensions.QuPathExtension");
            assertEquals("io.github.transfuse.qupath.TransFuseExtension", service.strip());
        }
    }

    @Test
    void holdsTheEngineNestedAndTheLibrariesQuPathLacks() throws IOException {
        NavigableSet<String> names = names();
        assertTrue(names.containsAll(List.of(
                "backbones/general/weights.safetensors",
                "backbones/resnet18.safetensors",
                "backbones/vit-tiny.safetensors",
                "engine/javacpp-1.5.13.jar",
                "engine/openblas-0.3.31-1.5.13.jar",
                "engine/pytorch-2.10.0-1.5.13.jar",
                "io/github/transfuse/torch/TorchEngine.class",
                "net/imglib2/RandomAccessibleInterval.class",
                "org/jfree/chart/JFreeChart.class")));
    }

    @Test
    void leavesOutWhatQuPathBrings() throws IOException {
        NavigableSet<String> names = names();
        for (String other : List.of(
                "ij/", "qupath/", "com/google/gson/", "org/locationtech/", "org/slf4j/", "org/bytedeco/", "javafx/")) {
            String next = names.ceiling(other);
            assertTrue(next == null || !next.startsWith(other), () -> next + " must not be packaged");
        }
    }

    /** QuPath shows planes. Models of volumes would only make the download larger. */
    @Test
    void holdsTheModelsThatSeePlanes() throws IOException {
        try (JarFile jar = new JarFile(JAR.toFile())) {
            List<String> listed = text(jar, "models/index.txt")
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .toList();
            List<String> packed = jar.stream()
                    .map(JarEntry::getName)
                    .filter(name -> name.matches("models/[^/]+/weights.safetensors"))
                    .map(name -> Path.of(name).getName(1).toString())
                    .toList();
            assertTrue(listed.contains("skin-lesion"), listed.toString());
            assertEquals(new TreeSet<>(listed), new TreeSet<>(packed));
            for (String name : listed) {
                JsonObject spec = JsonParser.parseString(text(jar, "models/" + name + "/model.json"))
                        .getAsJsonObject();
                assertNotEquals(
                        "volume", spec.getAsJsonObject("input").get("mode").getAsString(), name);
            }
        }
    }

    private static String text(JarFile jar, String entry) throws IOException {
        return new String(jar.getInputStream(jar.getEntry(entry)).readAllBytes(), StandardCharsets.UTF_8);
    }

    /** The jar lacks the native code of a platform: this file holds it for machines without a network. */
    @Test
    void theOfflineEngineHoldsTheNativeJarsOfItsPlatform() throws IOException {
        String prefix = "transfuse-engine-";
        List<Path> archives = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(Path.of("target"), prefix + "*.zip")) {
            files.forEach(archives::add);
        }
        assertFalse(archives.isEmpty(), "no offline engine was built");
        for (Path archive : archives) {
            String name = archive.getFileName().toString();
            String platform = name.substring(prefix.length(), name.length() - ".zip".length());
            try (ZipFile zip = new ZipFile(archive.toFile())) {
                for (String library : List.of("javacpp-1.5.13", "openblas-0.3.31-1.5.13", "pytorch-2.10.0-1.5.13")) {
                    assertNotNull(zip.getEntry(library + "-" + platform + ".jar"), library + " in " + name);
                }
            }
        }
    }

    @Test
    void theCatalogNamesThisFile() throws IOException {
        JsonObject catalog = JsonParser.parseString(Files.readString(Path.of("update-site/catalog.json")))
                .getAsJsonObject();
        JsonObject release = catalog.getAsJsonArray("extensions")
                .get(0)
                .getAsJsonObject()
                .getAsJsonArray("releases")
                .get(0)
                .getAsJsonObject();
        assertEquals("v0.1.0", release.get("name").getAsString());
        assertTrue(release.get("main_url").getAsString().startsWith("https://github.com/"));
        assertTrue(release.get("main_url").getAsString().endsWith("/" + JAR.getFileName()));
        assertEquals(
                "v0.6.0", release.getAsJsonObject("version_range").get("min").getAsString());
    }
}
