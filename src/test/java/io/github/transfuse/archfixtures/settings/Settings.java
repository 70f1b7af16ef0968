package io.github.transfuse.archfixtures.settings;

/** Takes the name of a setting as text. */
public final class Settings {
    public Settings with(String key, Object value) {
        return this;
    }
}
