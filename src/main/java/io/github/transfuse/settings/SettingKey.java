package io.github.transfuse.settings;

/**
 * Names a setting and knows the type of its value, so that a look-up cannot be mistyped: each row of the table has one of
 * {@link Keys}. Text names settings only where people write them.
 *
 * @param <V> type of the value
 */
public abstract sealed class SettingKey<V> permits Key, OptionalKey {
    private final String name;
    private final ValueForm<V> form;

    SettingKey(String name, ValueForm<V> form) {
        this.name = name;
        this.form = form;
    }

    /** As in macros and scripts: lower-case words joined by underscores; never renamed once released. */
    public final String name() {
        return name;
    }

    final Class<?> type() {
        return form.type();
    }

    final V read(String written) {
        return form.reader().apply(written);
    }

    /** How the value is written; {@link ValueSpec#normal} brings it into its normal spelling. */
    final String write(V value) {
        return form.writer().apply(value);
    }

    @Override
    public final String toString() {
        return name;
    }
}
