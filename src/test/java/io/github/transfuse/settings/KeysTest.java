package io.github.transfuse.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.transfuse.engine.Device;
import io.github.transfuse.engine.Precision;
import java.lang.reflect.Field;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class KeysTest {
    private static final Map<String, SettingKey<?>> KEYS = keys();

    private static Map<String, SettingKey<?>> keys() {
        Map<String, SettingKey<?>> keys = new LinkedHashMap<>();
        for (Field field : Keys.class.getFields()) {
            try {
                keys.put(field.getName(), (SettingKey<?>) field.get(null));
            } catch (IllegalAccessException e) {
                throw new AssertionError(e);
            }
        }
        return keys;
    }

    static Stream<Arguments> rows() {
        return Arrays.stream(Task.values())
                .flatMap(task -> task.specs().stream().map(row -> Arguments.of(task, row)));
    }

    @Test
    void everyKeyHasARowAndEveryTaskHasAKeyOnce() {
        Set<SettingKey<?>> used = new HashSet<>();
        for (Task task : Task.values()) {
            List<? extends SettingKey<?>> keys =
                    task.specs().stream().map(SettingSpec::key).toList();
            assertEquals(keys.size(), new HashSet<>(keys).size(), "a key twice in " + task);
            used.addAll(keys);
        }
        assertEquals(new HashSet<>(KEYS.values()), used);
    }

    @ParameterizedTest
    @MethodSource("rows")
    void theKeyOfARowIsTheConstantOfItsName(Task task, SettingSpec row) {
        String constant = row.name().toUpperCase(Locale.ROOT);
        // What a name means for one task alone has the task's name in front
        assertSame(KEYS.getOrDefault(task.name() + "_" + constant, KEYS.get(constant)), row.key());
    }

    @ParameterizedTest
    @MethodSource("rows")
    void typesAgree(Task task, SettingSpec row) {
        Set<Class<?>> allowed =
                switch (row.value().kind()) {
                    case TEXT, INPUT_PATH -> Set.of(String.class);
                    case OUTPUT_PATH -> Set.of(Path.class);
                    case INTEGER -> Set.of(Integer.class);
                    case NUMBER -> Set.of(Double.class);
                    case FLAG -> Set.of(Boolean.class);
                    case DEVICE -> Set.of(Device.class);
                    case CHANNELS -> Set.of(List.class);
                    case RANGES -> Set.of(Ranges.class);
                    case SIZE -> Set.of(int[].class);
                    case NAMES -> Set.of(Set.class);
                    case VALUE_RANGE -> Set.of(String.class);
                    case CHOICE -> Set.of(String.class, Integer.class, Boolean.class, Precision.class);
                };
        assertTrue(
                allowed.contains(row.key().type()),
                () -> row.name() + " is read as " + row.key().type());
    }

    /** What has no value in one task must be asked for as such in all of them. */
    @ParameterizedTest
    @MethodSource("rows")
    void onlyOptionalKeysMayHaveNoValue(Task task, SettingSpec row) {
        boolean open = row.defaultValue().isEmpty()
                || !row.value().keyword().isEmpty()
                || (row.value().choices().contains("auto") && row.key().type() != Precision.class);
        assertTrue(!open || row.key() instanceof OptionalKey, row.name());
    }

    /** Every choice, both ends of every range and every other way of saying a value is read, and written again the same. */
    @ParameterizedTest
    @MethodSource("rows")
    void valuesAreReadAndWrittenAgain(Task task, SettingSpec row) {
        for (String text : samples(row.value())) {
            Settings settings = Settings.of(task).with(row.name(), text);
            assertEquals(text, settings.written(row.key()));
            if (settings.has(row.key())) {
                again(settings, row.key());
            }
        }
    }

    private static <V> void again(Settings settings, SettingKey<V> key) {
        V value = key instanceof Key<V> needed
                ? settings.get(needed)
                : settings.get((OptionalKey<V>) key).orElseThrow();
        assertEquals(settings, Settings.of(settings.task()).with(key, value));
    }

    private static List<String> samples(ValueSpec spec) {
        return switch (spec.kind()) {
            case TEXT, INPUT_PATH -> List.of("a [b] c", "");
            case OUTPUT_PATH -> List.of(Path.of("a folder", "b").toString(), "");
            case INTEGER ->
                List.of(Long.toString((long) spec.range().min()), Long.toString((long)
                        spec.range().max()));
            case NUMBER -> List.of("0.25", "0.3");
            case FLAG -> List.of("true", "false");
            case DEVICE -> List.of("auto", "cpu", "cuda", "cuda:1", "mps");
            case CHANNELS -> List.of("auto", "1", "3,1");
            case RANGES -> List.of("all", "2", "1,4-6", "9-,3");
            case SIZE -> List.of("auto", "256x192", "64x32x12");
            case VALUE_RANGE -> List.of("auto", "1-99.8", "range:-5-3.5", "folder", "folder:0-100");
            case NAMES, CHOICE -> spec.choices();
        };
    }

    @Test
    void wordsForNothingAreNoValue() {
        assertTrue(Settings.training().get(Keys.EPOCHS).isEmpty());
        assertTrue(Settings.training().with("augment", "none").get(Keys.AUGMENT).isEmpty());
        assertTrue(Settings.training().get(Keys.IGNORE_LABEL).isEmpty());
        assertTrue(Settings.segmenting().get(Keys.OUTPUT).isEmpty());
        assertEquals(
                EnumSet.allOf(Precision.class).size(),
                Task.SEGMENT.spec(Keys.PRECISION).value().choices().size());
    }
}
