package io.github.transfuse.settings;

/**
 * A setting that always has a value.
 *
 * @param <V> type of the value
 */
public final class Key<V> extends SettingKey<V> {
    Key(String name, ValueForm<V> form) {
        super(name, form);
    }
}
