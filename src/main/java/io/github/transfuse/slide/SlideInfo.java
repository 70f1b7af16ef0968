package io.github.transfuse.slide;

import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What is known of a slide before its pixels are read.
 *
 * @param name as shown
 * @param width of the full resolution, in pixels
 * @param height of the full resolution, in pixels
 * @param channels number of them; 3 for RGB
 * @param rgb whether it is a colour image, bright where there is nothing
 * @param pixel size of a pixel of the full resolution; empty if not calibrated
 */
public record SlideInfo(String name, int width, int height, int channels, boolean rgb, Optional<Pixel> pixel) {

    /**
     * A pixel, which need not be square.
     *
     * @param width in microns
     * @param height in microns
     */
    public record Pixel(double width, double height) {
        /** A square one. */
        public static Optional<Pixel> square(double side) {
            return Optional.of(new Pixel(side, side));
        }
    }

    /** The same with another name. */
    public SlideInfo named(String other) {
        return new SlideInfo(other, width, height, channels, rgb, pixel);
    }

    /** Mean of both sides of a pixel; empty if not calibrated. */
    OptionalDouble micronsPerPixel() {
        return pixel.isPresent()
                ? OptionalDouble.of((pixel.get().width() + pixel.get().height()) / 2)
                : OptionalDouble.empty();
    }

    /** Square microns of a pixel; 1 if not calibrated. */
    double pixelArea() {
        return pixel.map(p -> p.width() * p.height()).orElse(1.0);
    }
}
