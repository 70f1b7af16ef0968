package io.github.transfuse.settings;

import java.util.Locale;

/**
 * A setting: one row of the only table that knows its key, type, range, default, label and help. Dialogs, command line
 * options, macro keys and the JSON in results are made from these rows.
 *
 * @param key names the row and types its value
 * @param value which values are allowed
 * @param defaultValue in its normal spelling; empty if there is none
 * @param label for dialogs; its first word, in lower case, is the key, because that is what ImageJ records
 * @param help what it does, in one or two sentences
 */
public record SettingSpec(SettingKey<?> key, ValueSpec value, String defaultValue, String label, String help) {

    /** Checks that ImageJ records the key and that the default is allowed. */
    public SettingSpec {
        if (!recordedKey(label).equals(key.name())) {
            throw new IllegalArgumentException("ImageJ would record '" + recordedKey(label) + "' for " + key + ".");
        }
        if (!value.normal(key.name(), defaultValue).equals(defaultValue)) {
            throw new IllegalArgumentException("The default of " + key + " is not in its normal spelling.");
        }
    }

    /** The key that ImageJ's recorder derives from a dialog label: its first word, without a colon, in lower case. */
    public static String recordedKey(String label) {
        int end = label.indexOf(' ');
        String word = end < 0 ? label : label.substring(0, end);
        return word.replace(":", "").toLowerCase(Locale.ROOT);
    }

    /** {@code Tile-Size} becomes {@code tile_size}. */
    static String normalKey(String key) {
        return key.trim().replace('-', '_').toLowerCase(Locale.ROOT);
    }

    /** Name of the key. */
    public String name() {
        return key.name();
    }

    /** Name of the command line option, {@code --tile-size}. */
    public String option() {
        return "--" + key.name().replace('_', '-');
    }

    /** The label as people read it: without underscores and with a capital. */
    public String title() {
        return label.replace('_', ' ');
    }
}
