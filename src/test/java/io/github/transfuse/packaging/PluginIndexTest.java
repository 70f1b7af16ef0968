package io.github.transfuse.packaging;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.gson.JsonObject;
import com.google.gson.JsonStreamParser;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.scijava.plugin.Plugin;

/** Fiji finds a command through SciJava's index only: a command that the index misses does not exist for the user. */
class PluginIndexTest {
    private static final Path CLASSES = Path.of("target", "classes");
    private static final Path INDEX = CLASSES.resolve("META-INF/json/" + Plugin.class.getName());

    @Test
    void everyAnnotatedClassIsListedAndNothingElse() throws IOException {
        Set<String> annotated = new ClassFileImporter()
                .importPath(CLASSES).stream()
                        .filter(type -> type.isAnnotatedWith(Plugin.class))
                        .map(JavaClass::getName)
                        .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(annotated, listed(), "classes annotated with @Plugin, against " + INDEX);
    }

    private static Set<String> listed() throws IOException {
        Set<String> names = new TreeSet<>();
        if (!Files.exists(INDEX)) {
            return names;
        }
        JsonStreamParser entries = new JsonStreamParser(new StringReader(Files.readString(INDEX)));
        entries.forEachRemaining(
                entry -> names.add(((JsonObject) entry).get("class").getAsString()));
        return names;
    }
}
