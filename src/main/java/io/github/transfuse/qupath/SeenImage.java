package io.github.transfuse.qupath;

import io.github.transfuse.TransFuse;
import io.github.transfuse.settings.Keys;
import io.github.transfuse.slide.SlideChannels;
import io.github.transfuse.slide.SlideException;
import io.github.transfuse.slide.SlideInfo;
import io.github.transfuse.slide.SlideModels;
import io.github.transfuse.slide.SlideOptions;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import qupath.lib.color.ColorDeconvolutionStains;
import qupath.lib.images.ImageData;
import qupath.lib.images.servers.ImageChannel;
import qupath.lib.images.servers.ImageServer;
import qupath.lib.images.servers.TransformedServerBuilder;

/**
 * An image as a model sees it: all of its channels, some of them, or stains.
 *
 * @param model that knows which channels it takes
 * @param reader of the pixels
 * @param info what is known of them
 */
record SeenImage(TransFuse model, ServerRegions reader, SlideInfo info) {
    private static final int STAINS = 3;

    /**
     * An image for a model.
     *
     * @throws SlideException if the image has not what was chosen, or the model cannot make sense of it
     */
    static SeenImage of(ImageData<BufferedImage> image, TransFuse model, SlideOptions options) {
        ServerRegions whole = ServerRegions.of(image);
        SlideInfo info = whole.info();
        SlideChannels channels = channels(image);
        int wanted = model.model().spec().imageChannels();
        Optional<SlideChannels.Chosen> chosen = options.settings()
                .get(Keys.SLIDE_CHANNELS)
                .map(text -> chosen(text, channels, info))
                .or(() -> info.channels() == 1
                        ? Optional.of(new SlideChannels.Chosen(List.of(1), false))
                        : Optional.empty())
                .map(choice -> choice.forModel(wanted));
        if (chosen.isPresent() && chosen.get().numbers().size() != wanted) {
            throw new SlideException(
                    "The model " + model.model().spec().identity().name() + " takes " + wanted
                            + " channel(s), but " + chosen.get().numbers().size() + " were chosen. The image has "
                            + channels.known() + ".");
        }
        TransFuse told = chosen.map(choice -> model.settings(model.settings().with(Keys.CHANNELS, choice.numbers())))
                .orElse(model);
        boolean stains = chosen.filter(SlideChannels.Chosen::ofStains).isPresent();
        ServerRegions reader = stains ? new ServerRegions(deconvolved(image)) : whole;
        SlideInfo seen = stains ? reader.info().named(info.name()) : info;
        SlideModels.require(told, seen, channels);
        return new SeenImage(told, reader, seen);
    }

    /** Who asks for a stain of an image of no type must know why there is none. */
    private static SlideChannels.Chosen chosen(String text, SlideChannels channels, SlideInfo info) {
        try {
            return channels.chosen(text);
        } catch (SlideException e) {
            boolean named = text.chars().anyMatch(Character::isLetter);
            if (named && info.rgb() && channels.stains().isEmpty()) {
                throw new SlideException(
                        e.getMessage()
                                + " It has stains once its type is one of brightfield: set it in QuPath's Image tab.",
                        e);
            }
            throw e;
        }
    }

    /** What of an image can be chosen. */
    static SlideChannels channels(ImageData<BufferedImage> image) {
        return new SlideChannels(
                image.getServer().getMetadata().getChannels().stream()
                        .map(ImageChannel::getName)
                        .toList(),
                stains(image));
    }

    /** The stains of a brightfield image, in QuPath's order. */
    private static List<String> stains(ImageData<BufferedImage> image) {
        ColorDeconvolutionStains stains = image.getServer().isRGB() ? image.getColorDeconvolutionStains() : null;
        return stains == null
                ? List.of()
                : IntStream.rangeClosed(1, STAINS)
                        .mapToObj(i -> stains.getStain(i).getName())
                        .toList();
    }

    /** The same image with a channel for each stain. */
    static ImageServer<BufferedImage> deconvolved(ImageData<BufferedImage> image) {
        return new TransformedServerBuilder(image.getServer())
                .deconvolveStains(image.getColorDeconvolutionStains())
                .build();
    }
}
