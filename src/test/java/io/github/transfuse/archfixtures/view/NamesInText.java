package io.github.transfuse.archfixtures.view;

import io.github.transfuse.archfixtures.settings.Settings;

/** Names a setting in text, where nobody typed it. */
final class NamesInText {
    static Settings change(Settings settings) {
        return settings.with("epochs", 3);
    }

    private NamesInText() {}
}
