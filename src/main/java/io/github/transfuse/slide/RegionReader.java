package io.github.transfuse.slide;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.Optional;

/** Reads parts of a slide; called from several threads. */
public interface RegionReader {
    /**
     * Reads a region.
     *
     * @return its pixels, about {@code width / downsample} wide; empty where a sparse slide has none
     */
    Optional<BufferedImage> read(Request request) throws IOException;

    /**
     * A region of a slide at a scale.
     *
     * @param downsample pixels of the slide per pixel wanted
     * @param x left border, in pixels of the slide
     * @param y upper border
     * @param width in pixels of the slide, at least 1
     * @param height in pixels of the slide, at least 1
     * @param plane of a stack
     */
    record Request(double downsample, int x, int y, int width, int height, Plane plane) {}

    /**
     * A plane of a stack.
     *
     * @param z from 0
     * @param t from 0
     */
    record Plane(int z, int t) {
        /** The only plane of most slides. */
        public static final Plane FIRST = new Plane(0, 0);
    }
}
