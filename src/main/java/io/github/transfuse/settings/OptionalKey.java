package io.github.transfuse.settings;

/**
 * A setting that may have no value: {@code auto}, {@code none} or nothing.
 *
 * @param <V> type of the value, where there is one
 */
public final class OptionalKey<V> extends SettingKey<V> {
    OptionalKey(String name, ValueForm<V> form) {
        super(name, form);
    }
}
