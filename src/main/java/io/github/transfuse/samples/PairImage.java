package io.github.transfuse.samples;

import io.github.transfuse.image.CalibratedImage;
import io.github.transfuse.image.ImageFiles;
import io.github.transfuse.image.Modalities;
import java.io.IOException;

/** Reads the image of a pair; what its mask looks like says whether a fourth axis is time. */
public final class PairImage {
    private PairImage() {}

    /**
     * The image.
     *
     * @throws IOException if image or mask cannot be read
     */
    public static CalibratedImage read(Pair pair) throws IOException {
        CalibratedImage image = ImageFiles.read(pair.image());
        return Modalities.mayBeChannels(image) ? Modalities.of(image, ImageFiles.readLabels(pair.mask())) : image;
    }
}
