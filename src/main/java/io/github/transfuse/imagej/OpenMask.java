package io.github.transfuse.imagej;

import ij.ImagePlus;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What the masks of an open image are: another open image, or ROIs.
 *
 * @param labels the label image; the image itself for its ROIs
 * @param source of ROIs, if it is said: {@link RoiSource#MANAGER} or {@link RoiSource#OVERLAY}
 */
record OpenMask(Optional<ImagePlus> labels, Optional<String> source) {
    /** The masks that a text names, as {@link OpenTitles#open}. */
    static List<OpenMask> read(String text) {
        return isSource(text)
                ? List.of(new OpenMask(Optional.empty(), Optional.of(text)))
                : OpenTitles.read(text, OpenMask::find);
    }

    private static Optional<OpenMask> find(String part) {
        return isSource(part)
                ? Optional.of(new OpenMask(Optional.empty(), Optional.of(part)))
                : InputImages.open(part).map(image -> new OpenMask(Optional.of(image), Optional.empty()));
    }

    /** Whether a text says where ROIs are. */
    static boolean isSource(String text) {
        return text.equals(RoiSource.MANAGER) || text.equals(RoiSource.OVERLAY);
    }

    /**
     * Whether the masks of images are ROIs.
     *
     * @throws IllegalArgumentException if they are for some images, and for others not
     */
    static boolean areRois(List<OpenMask> masks, List<ImagePlus> images) {
        List<ImagePlus> own = IntStream.range(0, images.size())
                .filter(i -> masks.get(i)
                        .labels()
                        .map(labels -> labels == images.get(i))
                        .orElse(true))
                .mapToObj(images::get)
                .toList();
        if (!own.isEmpty() && own.size() < images.size()) {
            throw new IllegalArgumentException("The masks of '" + own.get(0).getTitle()
                    + "' are ROIs, and those of other images are label images. Train with one kind at a time:"
                    + " TransFuse ROIs to Labels... makes label images of ROIs.");
        }
        return !own.isEmpty();
    }
}
