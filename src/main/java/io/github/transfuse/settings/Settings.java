package io.github.transfuse.settings;

import io.github.transfuse.engine.NetworkOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Values of settings: those that were given, and the defaults of {@link SettingSpec} for all others. Immutable, always
 * valid, and equal if the same values were given.
 *
 * <pre>{@code
 * Settings settings = Settings.segmenting().with("threshold", 0.4).with("overlay", true);
 * Settings.parse("threshold=0.4 overlay=true").equals(settings); // true
 * }</pre>
 */
public final class Settings {
    private static final String AUTO = "auto";

    private final Task task;
    private final Map<String, String> given;

    private Settings(Task task, Map<String, String> given) {
        this.task = task;
        this.given = given;
    }

    /** The defaults for a task. */
    public static Settings of(Task task) {
        return new Settings(task, Map.of());
    }

    /** The defaults for segmenting. */
    public static Settings segmenting() {
        return of(Task.SEGMENT);
    }

    /** The defaults for training. */
    public static Settings training() {
        return of(Task.TRAIN);
    }

    /** The defaults for evaluating. */
    public static Settings evaluating() {
        return of(Task.EVALUATE);
    }

    /** The defaults for segmenting whole slides. */
    public static Settings slides() {
        return of(Task.SLIDE);
    }

    /** The defaults for writing drawings on slides as images and masks. */
    public static Settings exporting() {
        return of(Task.EXPORT);
    }

    /**
     * The values for segmenting that the settings of another task contain.
     *
     * @param except keys that mean something else there
     */
    public static Settings segmenting(Settings other, SettingKey<?>... except) {
        Map<String, String> shared = new LinkedHashMap<>(other.given);
        shared.keySet()
                .retainAll(Task.SEGMENT.specs().stream().map(SettingSpec::name).toList());
        Arrays.stream(except).forEach(key -> shared.remove(key.name()));
        return segmenting().with(shared);
    }

    /**
     * Reads settings for segmenting in the syntax of ImageJ's macros: {@code model=skin-lesion output=[/a folder]
     * overlay}.
     *
     * @throws SettingException naming the unknown key or the value that is not allowed
     */
    public static Settings parse(String text) {
        return parse(Task.SEGMENT, text);
    }

    /**
     * Reads settings in the syntax of ImageJ's macros.
     *
     * @throws SettingException naming the unknown key or the value that is not allowed
     */
    public static Settings parse(Task task, String text) {
        return of(task).with(MacroText.read(text));
    }

    /**
     * The same settings with another value.
     *
     * @throws SettingException naming the key, the value and what is allowed
     */
    public <V> Settings with(SettingKey<V> key, V value) {
        return with(task.spec(key), key.write(value));
    }

    /**
     * The same settings with another value, for those who name settings in text.
     *
     * @param value its text; numbers, booleans, paths and lists of numbers are turned into text
     * @throws SettingException naming the key, the value and what is allowed
     */
    public Settings with(String key, Object value) {
        return with(task.spec(key), text(value));
    }

    /** The same settings with the default of one. */
    public Settings without(SettingKey<?> key) {
        Map<String, String> kept = new LinkedHashMap<>(given);
        kept.remove(task.spec(key).name());
        return new Settings(task, Collections.unmodifiableMap(kept));
    }

    private Settings with(SettingSpec spec, String value) {
        Map<String, String> changed = new LinkedHashMap<>(given);
        changed.put(spec.name(), spec.value().normal(spec.name(), value));
        Map<String, String> ordered = new LinkedHashMap<>();
        for (SettingSpec row : task.specs()) {
            Optional.ofNullable(changed.get(row.name())).ifPresent(v -> ordered.put(row.name(), v));
        }
        return new Settings(task, Collections.unmodifiableMap(ordered));
    }

    /** The same settings with all of these values. */
    public Settings with(Map<String, ?> values) {
        Settings result = this;
        for (Map.Entry<String, ?> entry : values.entrySet()) {
            result = result.with(entry.getKey(), entry.getValue());
        }
        return result;
    }

    private static String text(Object value) {
        if (value instanceof int[] numbers) {
            return Arrays.stream(numbers).mapToObj(Integer::toString).collect(Collectors.joining(","));
        }
        // A Path is an Iterable of its names, but one value here
        if (value instanceof Iterable<?> list && !(value instanceof Path)) {
            return String.join(",", texts(list));
        }
        return value instanceof Double || value instanceof Float
                ? Numbers.text(((Number) value).doubleValue())
                : String.valueOf(value);
    }

    private static List<String> texts(Iterable<?> list) {
        List<String> texts = new ArrayList<>();
        list.forEach(item -> texts.add(String.valueOf(item)));
        return texts;
    }

    /**
     * Settings for another task are refused.
     *
     * @throws SettingException if these are for another task
     */
    public void require(Task wanted) {
        if (task != wanted) {
            throw new SettingException("These settings are not for " + wanted.activity() + ". Start from Settings."
                    + wanted.activity() + "().");
        }
    }

    /** What these settings are for. */
    public Task task() {
        return task;
    }

    /** The given values, in the order of the table, by key. */
    public Map<String, String> given() {
        return given;
    }

    /** All values, given or default, in the order of the table, by key. */
    public Map<String, String> all() {
        Map<String, String> all = new LinkedHashMap<>();
        task.specs().forEach(spec -> all.put(spec.name(), written(spec)));
        return all;
    }

    /** Whether a value was given. */
    public boolean isGiven(SettingKey<?> key) {
        return given.containsKey(task.spec(key).name());
    }

    /** The value, given or default. */
    public <V> V get(Key<V> key) {
        return key.read(written(key));
    }

    /** The value, given or default; empty for {@code auto}, {@code none} and nothing. */
    public <V> Optional<V> get(OptionalKey<V> key) {
        return has(key) ? Optional.of(key.read(written(key))) : Optional.empty();
    }

    /** Whether the value is neither {@code auto} nor {@code none} nor nothing. */
    public boolean has(SettingKey<?> key) {
        SettingSpec spec = task.spec(key);
        String value = written(spec);
        return !value.isEmpty()
                && !AUTO.equals(value)
                && !spec.value().keyword().equals(value);
    }

    /**
     * A folder that must be named.
     *
     * @throws SettingException if it is missing
     */
    public Path folder(OptionalKey<?> key) {
        if (!has(key)) {
            throw new SettingException(key.name() + " is missing: give a folder.");
        }
        return Path.of(written(key));
    }

    /** The value, given or default, in its normal spelling, as people write it. */
    public String written(SettingKey<?> key) {
        return written(task.spec(key));
    }

    private String written(SettingSpec spec) {
        return given.getOrDefault(spec.name(), spec.defaultValue());
    }

    /** Which pixel values become 0 and 1 when images are segmented; empty: as the model says. */
    public Optional<ValueRange> valueRange() {
        return task == Task.SEGMENT ? get(Keys.NORMALIZATION).map(ValueRange::of) : Optional.empty();
    }

    /** Device and precision, for the engine. */
    public NetworkOptions networkOptions() {
        return new NetworkOptions(get(Keys.DEVICE), get(Keys.PRECISION), 0, false);
    }

    /** As results record them: without the folders that lead to files, unless {@code keep_paths} is true. */
    public Settings recorded() {
        boolean asked =
                task.specs().stream().anyMatch(row -> row.key().equals(Keys.KEEP_PATHS)) && get(Keys.KEEP_PATHS);
        if (asked) {
            return this;
        }
        Map<String, String> shortened = new LinkedHashMap<>(given);
        shortened.replaceAll((key, value) -> mayBePath(task.spec(key).value().kind()) ? LastNames.of(value) : value);
        return new Settings(task, Collections.unmodifiableMap(shortened));
    }

    private static boolean mayBePath(ValueSpec.Kind kind) {
        return kind == ValueSpec.Kind.TEXT || kind == ValueSpec.Kind.INPUT_PATH || kind == ValueSpec.Kind.OUTPUT_PATH;
    }

    /** The given values as they are typed on a command line, each with a space before it. */
    public String commandLine() {
        StringBuilder line = new StringBuilder();
        given.forEach((key, value) -> line.append(' ')
                .append(task.spec(key).option())
                .append(' ')
                .append(value.matches("[\\w./,:+-]+") ? value : "'" + value.replace("'", "'\\''") + "'"));
        return line.toString();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Settings settings && task == settings.task && given.equals(settings.given);
    }

    @Override
    public int hashCode() {
        return 31 * task.hashCode() + given.hashCode();
    }

    /** The given values in the syntax of ImageJ's macros; {@link #parse} reads them back. */
    @Override
    public String toString() {
        return MacroText.write(given);
    }
}
