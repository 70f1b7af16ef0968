package io.github.transfuse.imagej;

import ij.ImagePlus;
import ij.process.LUT;
import io.github.transfuse.Segmentation;
import io.github.transfuse.batch.ResultWriter;
import io.github.transfuse.image.CalibratedImage;
import io.github.transfuse.image.ImagePlusImages;
import io.github.transfuse.image.ResultFiles;
import io.github.transfuse.image.UnsupportedImageException;
import java.util.Optional;

/** The results of a segmentation as ImageJ shows them. */
final class ResultStacks {
    private static final int COLOURS = 256;

    private ResultStacks() {}

    /**
     * The labels with the calibration and slice labels of the image, in colours that tell neighbours apart.
     *
     * @param image the segmented image
     * @throws UnsupportedImageException if the labels are more than ImageJ holds
     */
    static ImagePlus labels(Segmentation result, ImagePlus image) throws UnsupportedImageException {
        String title = stem(image) + "-labels";
        ImagePlus labels = ImagePlusImages.toImagePlus(result.labelImage(title));
        labels.setLut(lut(result.colors()));
        long largest = Math.max(COLOURS - 1L, result.objects().orElse(0));
        labels.setDisplayRange(0, (double) largest);
        finish(labels, result, image);
        return labels;
    }

    /** What titles and files of results begin with. */
    static String stem(ImagePlus image) {
        return ResultFiles.stem(image.getTitle());
    }

    /** The probabilities, if they were asked for, a channel for each class. */
    static Optional<ImagePlus> probabilities(Segmentation result, ImagePlus image) throws UnsupportedImageException {
        String title = stem(image) + "-probabilities";
        Optional<CalibratedImage> pixels = result.probabilityImage(title);
        if (pixels.isEmpty()) {
            return Optional.empty();
        }
        ImagePlus probabilities = ImagePlusImages.toImagePlus(pixels.get());
        for (int channel = 1; channel <= probabilities.getNChannels(); channel++) {
            probabilities.setC(channel);
            probabilities.setDisplayRange(0, 1);
        }
        probabilities.setC(1);
        finish(probabilities, result, image);
        return Optional.of(probabilities);
    }

    private static void finish(ImagePlus made, Segmentation result, ImagePlus image) {
        made.setProp(
                ResultWriter.PROPERTY,
                ResultWriter.provenance(image.getTitle(), result).toString());
    }

    /** Colours, 0xRRGGBB, as ImageJ has them. */
    static LUT lut(int[] colors) {
        byte[][] channels = new byte[3][COLOURS];
        for (int i = 0; i < COLOURS; i++) {
            channels[0][i] = (byte) (colors[i] >> 16);
            channels[1][i] = (byte) (colors[i] >> 8);
            channels[2][i] = (byte) colors[i];
        }
        return new LUT(channels[0], channels[1], channels[2]);
    }
}
