package io.github.transfuse.training;

import io.github.transfuse.image.Window;
import io.github.transfuse.model.Normalization;
import io.github.transfuse.settings.Keys;
import io.github.transfuse.settings.SettingException;
import io.github.transfuse.settings.Settings;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The window that a training asks for. */
final class CtWindow {
    private CtWindow() {}

    /**
     * The rule of normalisation that it stands for; empty if none is asked for.
     *
     * @throws SettingException if it is none, or another rule is asked for too
     */
    static Optional<Normalization> of(Settings settings) {
        Optional<String> asked = settings.get(Keys.WINDOW);
        if (asked.isEmpty()) {
            return Optional.empty();
        }
        Window window = window(asked.get());
        if (settings.isGiven(Keys.NORMALIZATION)
                && !settings.written(Keys.NORMALIZATION).equals("auto")) {
            throw new SettingException("window and normalization both say how values are seen: give one of them.");
        }
        return Optional.of(
                new Normalization(Normalization.Kind.WINDOW, List.of(), List.of(), window.low(), window.high()));
    }

    /** What is odd of the images, and of a window that is asked for them. */
    static List<String> doubts(Settings settings, DataSurvey survey) {
        Optional<String> window = settings.get(Keys.WINDOW)
                .filter(asked -> survey.looks().bytes())
                .map(asked -> window(asked).doubt());
        return Stream.concat(survey.volumes().odd().stream(), window.stream()).toList();
    }

    private static Window window(String asked) {
        return Window.of(asked)
                .orElseThrow(() -> new SettingException("window = " + asked
                        + " is no window: give width and level, such as 1500,-600, or lung, bone, abdomen, liver,"
                        + " mediastinum or brain."));
    }
}
