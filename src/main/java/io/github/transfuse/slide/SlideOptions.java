package io.github.transfuse.slide;

import io.github.transfuse.image.FittedNormalization;
import io.github.transfuse.settings.Keys;
import io.github.transfuse.settings.SettingException;
import io.github.transfuse.settings.SettingKey;
import io.github.transfuse.settings.Settings;
import io.github.transfuse.settings.Task;
import java.util.Optional;

/**
 * How a slide is segmented.
 *
 * @param settings for slides
 * @param normalization numbers of an earlier run; empty: from the slide
 */
public record SlideOptions(Settings settings, Optional<FittedNormalization> normalization) {
    /** Everything, as fits the model. */
    public static final SlideOptions DEFAULT = new SlideOptions(Settings.slides(), Optional.empty());

    /**
     * Checks that there is one scale at most.
     *
     * @throws SettingException if two are given
     */
    public SlideOptions {
        settings.require(Task.SLIDE);
        if (settings.has(Keys.PIXEL_SIZE) && settings.has(Keys.DOWNSAMPLE)) {
            throw new SettingException("pixel_size and downsample both say at which scale the slide is read."
                    + " Leave one of the two out.");
        }
    }

    /** The same with another value. */
    public <V> SlideOptions with(SettingKey<V> key, V value) {
        return new SlideOptions(settings.with(key, value), normalization);
    }

    /** The same with numbers of an earlier run. */
    public SlideOptions withNormalization(FittedNormalization numbers) {
        return new SlideOptions(settings, Optional.of(numbers));
    }

    /** What the network is told; sizes of pixels are those of the slide, which is read at the right scale already. */
    public Settings segmenting() {
        return Settings.segmenting(settings, Keys.PIXEL_SIZE, Keys.SLIDE_CHANNELS, Keys.SLICES, Keys.FRAMES);
    }

    /** Whether a plane is segmented where all of an image is. */
    public boolean wants(RegionReader.Plane plane) {
        return settings.get(Keys.SLICES)
                        .filter(slices -> !slices.contains(plane.z() + 1L))
                        .isEmpty()
                && settings.get(Keys.FRAMES)
                        .filter(frames -> !frames.contains(plane.t() + 1L))
                        .isEmpty();
    }

    /** What is made of the result. */
    public ObjectKind kind() {
        return ObjectKind.of(settings.get(Keys.CREATE));
    }

    /** Threads that read at once. */
    int readers() {
        return settings.get(Keys.N_THREADS)
                .orElseGet(() -> Math.max(1, Runtime.getRuntime().availableProcessors() / 2));
    }

    boolean skipsUnreadable() {
        return settings.get(Keys.SKIP_UNREADABLE);
    }

    Borders borders() {
        return Borders.of(settings.get(Keys.BORDERS));
    }

    boolean measures() {
        return settings.get(Keys.MEASUREMENTS);
    }
}
