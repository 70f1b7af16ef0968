package io.github.transfuse.slide;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/**
 * Regions of a slide in pieces that fit into memory, each with its mask.
 *
 * @param slide what is known of it
 * @param reader of its pixels
 * @param drawings on it
 * @param pixelSize wanted, in microns; a slide is never magnified, and one without calibration read as it is
 */
public record SlidePieces(SlideInfo slide, RegionReader reader, List<Drawing> drawings, double pixelSize) {
    /** Longest side of a piece, in pixels. */
    static final int SIDE = 2048;

    /** A piece of a slide: pixels and values of equal width and height. */
    record Piece(SlideRegion place, BufferedImage pixels, MaskPainter mask) {}

    /** Takes pieces one by one. */
    interface Sink {
        void take(Piece piece) throws IOException;
    }

    /** The regions that are to be learned. */
    List<Drawing> regions() {
        return drawings.stream().filter(Drawing::isRegion).toList();
    }

    /** What is drawn in the regions, without the regions. */
    List<Drawing> contents() {
        List<SlideRegion> boxes = regions().stream().map(this::box).toList();
        return drawings.stream()
                .filter(drawing -> !drawing.isRegion() && boxes.stream().anyMatch(drawing::touches))
                .toList();
    }

    private SlideRegion box(Drawing region) {
        try {
            return SlideRegion.around(region.shape().getEnvelopeInternal(), slide, region.plane());
        } catch (SlideException e) {
            throw new SlideException(
                    "A region of the class " + region.kind() + " lies outside the image " + slide.name() + " ("
                            + slide.width() + " x " + slide.height()
                            + " pixels). Move it into the image, or delete it.",
                    e);
        }
    }

    /** Pixels of the slide per pixel of a piece, at least 1. */
    double downsample() {
        return slide.micronsPerPixel().isPresent()
                ? Math.max(1, pixelSize / slide.micronsPerPixel().getAsDouble())
                : 1;
    }

    /** Of the pixels of pieces; empty if the slide is not calibrated. */
    OptionalDouble micronsPerPixel() {
        OptionalDouble own = slide.micronsPerPixel();
        return own.isPresent() ? OptionalDouble.of(own.getAsDouble() * downsample()) : own;
    }

    /**
     * Cuts a region; what a sparse slide does not store is left out.
     *
     * @throws SlideException if the slide cannot be read, or stores nothing of the region
     * @throws IOException of the sink
     */
    void cut(Drawing region, MaskCodes codes, Sink sink) throws IOException {
        int longest = (int) Math.min(Integer.MAX_VALUE, SIDE * downsample());
        boolean empty = true;
        for (SlideRegion place : box(region).pieces(longest)) {
            Optional<BufferedImage> pixels = read(place);
            if (pixels.isPresent()) {
                empty = false;
                sink.take(new Piece(place, pixels.get(), mask(region, place, pixels.get(), codes)));
            }
        }
        if (empty) {
            throw new SlideException("The image " + slide.name() + " has no pixels in a region of the class "
                    + region.kind() + ". Draw it where the image is.");
        }
    }

    private Optional<BufferedImage> read(SlideRegion place) {
        try {
            return reader.read(new RegionReader.Request(
                    downsample(), place.x(), place.y(), place.width(), place.height(), place.plane()));
        } catch (IOException | RuntimeException e) {
            throw new SlideException(
                    "The image " + slide.name() + " cannot be read at x=" + place.x() + ", y=" + place.y() + ", "
                            + place.width() + " x " + place.height() + " pixels (" + e
                            + "). Nothing of this image was exported.",
                    e);
        }
    }

    /**
     * Small drawings lie on larger ones, in whatever order QuPath lists them. Of what lies outside a region that is no
     * rectangle nothing is known, unless it is drawn.
     */
    private MaskPainter mask(Drawing region, SlideRegion place, BufferedImage pixels, MaskCodes codes) {
        boolean full = region.shape().isRectangle();
        int outside = full ? codes.ground() : codes.ignored();
        boolean objects = codes.learned() == Learned.OBJECTS;
        MaskPainter mask = objects
                ? MaskPainter.ofNumbers(place, pixels.getWidth(), pixels.getHeight(), outside)
                : new MaskPainter(place, pixels.getWidth(), pixels.getHeight(), outside);
        if (!full) {
            mask.paint(region.shape(), codes.ground());
        }
        List<Drawing> painted = drawings.stream()
                .filter(drawing -> !drawing.isRegion() && drawing.touches(place))
                .flatMap(drawing -> objects ? drawing.pieces().stream() : Stream.of(drawing))
                .filter(drawing -> drawing.touches(place))
                .sorted(Comparator.comparingDouble(
                                (Drawing drawing) -> -drawing.shape().getArea())
                        .thenComparing(Drawing::isIgnored)
                        .thenComparing(Drawing::kind))
                .toList();
        if (painted.size() >= MaskCodes.IGNORED_NUMBER) {
            throw new SlideException("A region of the image " + slide.name() + " holds " + painted.size()
                    + " annotations, but a mask numbers at most " + (MaskCodes.IGNORED_NUMBER - 1)
                    + ". Nothing was exported. Draw several smaller regions.");
        }
        for (int i = 0; i < painted.size(); i++) {
            mask.paint(painted.get(i).shape(), codes.value(painted.get(i), i + 1));
        }
        if (!region.isValidation()) {
            // what judges must not be learned
            regions().stream()
                    .filter(other -> other.isValidation() && other.touches(place))
                    .forEach(other -> mask.paint(other.shape(), codes.ignored()));
        }
        return mask;
    }
}
