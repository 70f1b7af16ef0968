package io.github.transfuse.packaging;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonStreamParser;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.scijava.plugin.Plugin;

/** Fiji finds a command through SciJava's index only: a command that the index misses does not exist for the user. */
class PluginIndexTest {
    private static final Path CLASSES = Path.of("target", "classes");
    private static final Path INDEX = CLASSES.resolve("META-INF/json/" + Plugin.class.getName());

    private static final Pattern PLAIN_ITEM = Pattern.compile("([^#,]+),\\s*\"([^\"]+)\".*");

    @Test
    void everyAnnotatedClassIsListedAndNothingElse() throws IOException {
        Set<String> annotated = new ClassFileImporter()
                .importPath(CLASSES).stream()
                        .filter(type -> type.isAnnotatedWith(Plugin.class))
                        .map(JavaClass::getName)
                        .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(annotated, listed(), "classes annotated with @Plugin, against " + INDEX);
    }

    /** A SciJava command in the menu would take the place of the plugin of the same label, and take other images. */
    @Test
    void onlyThePluginsAreInTheMenu() throws IOException {
        assertEquals(11, plainItems().size(), "items of plugins.config");
        assertEquals(Set.of(), scijavaItems(), "menu items of @Plugin annotations");
    }

    private static Set<String> plainItems() throws IOException {
        return Files.readAllLines(CLASSES.resolve("plugins.config")).stream()
                .map(PLAIN_ITEM::matcher)
                .filter(Matcher::matches)
                .map(item -> item.group(1).trim() + ">" + item.group(2))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> scijavaItems() throws IOException {
        Set<String> items = new TreeSet<>();
        for (JsonObject entry : entries()) {
            JsonArray menu = entry.getAsJsonObject("values").getAsJsonArray("menu");
            if (menu != null) {
                items.add(menu.asList().stream()
                        .map(level -> level.getAsJsonObject().get("label").getAsString())
                        .collect(Collectors.joining(">")));
            }
        }
        return items;
    }

    private static Set<String> listed() throws IOException {
        return entries().stream()
                .map(entry -> entry.get("class").getAsString())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static List<JsonObject> entries() throws IOException {
        List<JsonObject> entries = new ArrayList<>();
        if (Files.exists(INDEX)) {
            new JsonStreamParser(new StringReader(Files.readString(INDEX)))
                    .forEachRemaining(entry -> entries.add(entry.getAsJsonObject()));
        }
        return entries;
    }
}
