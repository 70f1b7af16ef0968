package io.github.transfuse.packaging;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.transfuse.model.ModelCatalogue;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The plugin jar and the update site hold what ImageJ and Fiji look for, and nothing that they bring themselves. */
class PluginJarPackagedIT {
    private static final Path SITE = Path.of("target", "update-site");

    @Test
    void thePluginJarIsNamedAndFilledForImagej() throws IOException {
        Path plugin = pluginJar();
        assertTrue(plugin.getFileName().toString().contains("_"), "ImageJ skips a plugin jar without an underscore");
        try (JarFile jar = new JarFile(plugin.toFile())) {
            assertNotNull(jar.getEntry("plugins.config"), "plugins.config at the root of " + plugin);
            List<String> declarations = jar.stream()
                    .map(Object::toString)
                    .filter(name -> name.startsWith("qupath/"))
                    .toList();
            assertEquals(List.of(), declarations, "declarations for the compiler only");
        }
    }

    /** The macros, which the tests of ImageJ run, are what Fiji's Script Editor offers. */
    @Test
    void theScriptEditorOffersTheMacros() throws IOException {
        try (JarFile jar = new JarFile(pluginJar().toFile());
                Stream<Path> macros = Files.list(Path.of("macros"))) {
            for (Path macro : macros.toList()) {
                try (InputStream in =
                        jar.getInputStream(jar.getEntry("script_templates/TransFuse/" + macro.getFileName()))) {
                    assertArrayEquals(Files.readAllBytes(macro), in.readAllBytes());
                }
            }
            assertNotNull(jar.getEntry("script_templates/TransFuse/Segment_Open_Images.groovy"));
        }
    }

    @Test
    void weightsLieInJarsOfTheirOwn() throws IOException {
        try (JarFile jar = new JarFile(pluginJar().toFile())) {
            List<String> apart = jar.stream()
                    .map(Object::toString)
                    .filter(name -> name.endsWith(".safetensors")
                            || name.contains("transfuse/qupath/")
                            || name.contains("services/qupath"))
                    .toList();
            assertEquals(List.of(), apart);
        }
        try (JarFile jar =
                new JarFile(SITE.resolve("jars/transfuse-backbones.jar").toFile())) {
            assertNotNull(jar.getEntry("backbones/resnet18.safetensors"), "what trainings start from");
            assertNotNull(jar.getEntry("backbones/vit-tiny.safetensors"), "what trainings start from");
            assertNotNull(jar.getEntry("backbones/general/weights.safetensors"), "what trainings start from");
        }
        List<String> models;
        try (Stream<String> lines = Files.lines(Path.of("src/main/resources/models/index.txt"))) {
            models = lines.filter(line -> !line.startsWith("#")).toList();
        }
        for (String model : models) {
            try (JarFile jar = new JarFile(
                    SITE.resolve("jars/transfuse-model-" + model + ".jar").toFile())) {
                assertNotNull(jar.getEntry("models/" + model + "/model.json"), model);
                assertNotNull(jar.getEntry("META-INF/LICENSE"), model);
            }
        }
    }

    @Test
    void modelsAreFoundInTheirJars() throws Exception {
        List<URL> jars = new ArrayList<>();
        try (Stream<Path> site = Files.walk(SITE);
                Stream<Path> libraries = Files.list(Path.of("target", "transfuse", "lib"))) {
            for (Path jar : Stream.concat(site, libraries.filter(file -> !file.getFileName()
                            .toString()
                            .startsWith("TransFuse_")))
                    .filter(file -> file.toString().endsWith(".jar"))
                    .toList()) {
                jars.add(jar.toUri().toURL());
            }
        }
        try (URLClassLoader fiji = new URLClassLoader(jars.toArray(new URL[0]), ClassLoader.getPlatformClassLoader())) {
            Object catalogue = fiji.loadClass(ModelCatalogue.class.getName())
                    .getMethod("standard")
                    .invoke(null);
            List<?> found = (List<?>) catalogue.getClass().getMethod("entries").invoke(catalogue);
            assertTrue(found.size() >= 4, found::toString);
        }
    }

    @Test
    void theSiteServesOnlyWhatFijiLacks() throws IOException {
        try (Stream<Path> jars = Files.walk(SITE.resolve("jars"))) {
            List<String> foreign = jars.filter(Files::isRegularFile)
                    .map(jar -> jar.getFileName().toString())
                    .filter(name -> !name.matches(
                            "(javacpp|openblas|pytorch|cuda|aircompressor|imageio|common|transfuse)-.*\\.jar"))
                    .toList();
            assertEquals(List.of(), foreign);
        }
    }

    @Test
    void nativeJarsLieInTheFolderOfTheirPlatform() throws IOException {
        try (Stream<Path> jars = Files.list(SITE.resolve("jars"))) {
            List<String> misplaced = jars.filter(Files::isRegularFile)
                    .map(jar -> jar.getFileName().toString())
                    .filter(name -> name.matches(".*-(linux|windows|macosx)-.*"))
                    .toList();
            assertEquals(List.of(), misplaced, "everyone would download these");
        }
        assertTrue(natives("pytorch"), "no native pytorch jar below " + SITE);
        assertTrue(natives("openblas"), "no native openblas jar below " + SITE);
        assertTrue(natives("javacpp"), "no native javacpp jar below " + SITE);
    }

    private static boolean natives(String library) throws IOException {
        try (Stream<Path> jars = Files.walk(SITE.resolve("jars"))) {
            return jars.map(jar ->
                            SITE.resolve("jars").relativize(jar).toString().replace('\\', '/'))
                    .anyMatch(jar -> jar.matches("(linux64|win64|macos-arm64)/" + library + "-.*"));
        }
    }

    private static Path pluginJar() throws IOException {
        try (Stream<Path> plugins = Files.list(SITE.resolve("plugins"))) {
            List<Path> found = plugins.toList();
            assertEquals(1, found.size(), found::toString);
            return found.get(0);
        }
    }
}
