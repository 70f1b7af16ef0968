package io.github.transfuse.slide;

import io.github.transfuse.TransFuse;
import io.github.transfuse.files.Pictures;
import io.github.transfuse.model.InputSpec;
import io.github.transfuse.model.ModelCatalogue;
import io.github.transfuse.model.ModelSpec;
import io.github.transfuse.settings.Keys;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Which models can be used on slides. */
public final class SlideModels {
    private static final int COLOURS = 3;

    private SlideModels() {}

    /**
     * The models of the catalogue that see planes.
     *
     * @throws IOException if the folders of models cannot be read
     */
    public static List<ModelCatalogue.Entry> list() throws IOException {
        return TransFuse.models().entries().stream()
                .filter(entry -> !isForVolumes(entry.spec()))
                .toList();
    }

    /** What a user is told of a model before choosing it. */
    public static String describe(ModelCatalogue.Entry entry) {
        InputSpec.Sampling sampling = entry.spec().input().sampling();
        String size = sampling.pixelSize()
                .map(s -> " " + s.get(0) + " " + sampling.unit() + " per pixel.")
                .orElse("");
        return entry.spec().identity().title() + ". " + entry.spec().identity().description() + size;
    }

    /** Examples with what the model found; empty if there is no picture that can be shown. */
    public static Optional<BufferedImage> picture(ModelCatalogue.Entry entry) {
        return TransFuse.models().picture(entry).flatMap(SlideModels::decoded);
    }

    private static Optional<BufferedImage> decoded(byte[] picture) {
        try {
            return Pictures.read(picture);
        } catch (IOException e) {
            // A model can be chosen without its picture
            return Optional.empty();
        }
    }

    private static boolean isForVolumes(ModelSpec spec) {
        return spec.input().sampling().mode().axes() == 3;
    }

    /** Whether a model is made for images of this kind. */
    public static boolean fits(ModelSpec spec, SlideInfo slide) {
        int wanted = spec.imageChannels();
        boolean colours = slide.rgb() ? wanted == COLOURS : wanted <= slide.channels() && wanted != COLOURS;
        boolean grey = !slide.rgb() && (slide.channels() == 1 || isForAnyColour(spec));
        return !isForVolumes(spec) && (colours || grey);
    }

    /** Models that scale intensities by each image know fluorescence as well as colours. */
    private static boolean isForAnyColour(ModelSpec spec) {
        return spec.imageChannels() == COLOURS
                && spec.input().normalization().mean().isEmpty();
    }

    /**
     * Checks that a model can make sense of a slide. Models for colour images know nothing of fluorescence, whatever the
     * number of channels.
     *
     * @param channels of the slide, for people
     * @throws SlideException if not
     */
    public static void require(TransFuse model, SlideInfo slide, SlideChannels channels) {
        ModelSpec spec = model.model().spec();
        String name = spec.identity().name();
        if (isForVolumes(spec)) {
            throw new SlideException("The model " + name + " is for volumes, but QuPath shows planes. Choose another"
                    + " model, or segment the volume in Fiji or with 'transfuse segment'.");
        }
        if (model.settings().isGiven(Keys.CHANNELS)) {
            return;
        }
        String way = ". Choose another model, or say which channels it shall see, such as channels(\""
                + channels.channels().stream().findFirst().orElse("1") + "\"): there are " + channels.known() + ".";
        if (slide.channels() < spec.imageChannels()) {
            throw new SlideException("The image " + slide.name() + " has " + slide.channels()
                    + " channel(s), but the model " + name + " needs " + spec.imageChannels() + way);
        }
        if (spec.imageChannels() == COLOURS && !slide.rgb()) {
            throw new SlideException("The model " + name + " is for colour images, but " + slide.name() + " has "
                    + slide.channels() + " separate channels, as in fluorescence" + way);
        }
    }
}
