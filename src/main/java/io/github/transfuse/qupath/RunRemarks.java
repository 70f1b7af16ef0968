package io.github.transfuse.qupath;

import io.github.transfuse.TransFuse;
import io.github.transfuse.settings.Keys;
import io.github.transfuse.slide.SlideOptions;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import qupath.lib.images.ImageData;

/** What a run decided by itself, or left aside, in sentences. */
final class RunRemarks {
    private static final int COLOURS = 3;

    private RunRemarks() {}

    /**
     * Of an image and what was asked.
     *
     * @param annotations whether any object but the whole image was segmented
     */
    static List<String> of(ImageData<BufferedImage> image, TransFuse model, SlideOptions options, boolean annotations) {
        List<String> remarks = new ArrayList<>();
        boolean colours = image.isFluorescence() && image.getServer().isRGB();
        boolean chosen = options.settings().get(Keys.SLIDE_CHANNELS).isPresent();
        if (colours && !chosen && model.model().spec().imageChannels() == COLOURS) {
            remarks.add(
                    "The image is of fluorescence, and its colours were seen as one picture. If they are channels, choose"
                            + " one of them, such as Blue, under Channels.");
        }
        boolean planes = options.settings().get(Keys.SLICES).isPresent()
                || options.settings().get(Keys.FRAMES).isPresent();
        if (planes && annotations) {
            remarks.add("slices and frames are for whole images: annotations were segmented in their own plane.");
        }
        return remarks;
    }
}
