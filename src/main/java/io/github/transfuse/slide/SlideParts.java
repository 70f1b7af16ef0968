package io.github.transfuse.slide;

import io.github.transfuse.TransFuse;
import io.github.transfuse.inference.TileGrid;
import io.github.transfuse.model.InputSpec;
import io.github.transfuse.model.OutputSpec;
import java.util.ArrayList;
import java.util.List;

/**
 * Cuts a large region into parts, so that memory and temporary files do not grow with the slide. Each part owns the objects
 * whose centre lies in its core, and sees a halo around it.
 *
 * <p>The tiles of all parts lie on one lattice, so that two parts that see a pixel with all its tiles compute the same for
 * it: what one leaves to the other is found there. The last tiles may reach beyond the region.
 *
 * @param width of the region in pixels at the scale of the model
 * @param height of the region
 * @param grid how tiles lie
 * @param side about that of a core, in pixels
 */
record SlideParts(long width, long height, TileGrid grid, int side) {
    /** The usual side of a core: the labels and probabilities of a part take about a gigabyte. */
    static final int SIDE = 8192;

    /**
     * The parts in which a model looks at an image. Only instances that a boundary sets apart can be found so: they are
     * small, and do not depend on each other. All else is one part.
     */
    static SlideParts of(TransFuse model, long width, long height, int side) {
        InputSpec input = model.model().spec().input();
        boolean cut = input.rule() == InputSpec.Rule.TILE
                && model.model().spec().output().kind() == OutputSpec.Kind.BOUNDARY_INSTANCES;
        return new SlideParts(width, height, model.tileGrid(), cut ? side : Integer.MAX_VALUE);
    }

    /** Columns of the image that are looked at in one go. */
    long columns() {
        return cores().stream()
                .mapToLong(core -> seen(core, halo()).x.length())
                .max()
                .orElse(width);
    }

    /**
     * An interval of an axis.
     *
     * @param min first pixel
     * @param max behind the last pixel
     */
    record Span(long min, long max) {
        long length() {
            return max - min;
        }

        boolean contains(double at) {
            return at >= min && at < max;
        }
    }

    /** A rectangle of pixels. */
    record Area(Span x, Span y) {}

    /** Whether there is more than one part. */
    boolean areSeveral() {
        return count(width) * count(height) > 1;
    }

    /** The cores, row by row: they cover the region without a gap, and do not overlap. */
    List<Area> cores() {
        List<Area> cores = new ArrayList<>();
        for (Span y : cores(height, stride(1))) {
            for (Span x : cores(width, stride(0))) {
                cores.add(new Area(x, y));
            }
        }
        return cores;
    }

    /**
     * What a part sees.
     *
     * @param core one of {@link #cores}
     * @param halo pixels around it at least
     */
    Area seen(Area core, long halo) {
        return new Area(seen(core.x, 0, width, halo), seen(core.y, 1, height, halo));
    }

    /** The smallest halo: the core has all tiles of its pixels. */
    long halo() {
        return Math.max(grid.size()[0], grid.size()[1]);
    }

    private long stride(int axis) {
        return grid.stride()[axis];
    }

    private long count(long length) {
        return Math.max(1, Math.round(length / (double) side));
    }

    private List<Span> cores(long length, long stride) {
        long step = roundUp((length + count(length) - 1) / count(length), stride);
        List<Span> spans = new ArrayList<>();
        for (long min = 0; min < length; min += step) {
            spans.add(new Span(min, Math.min(length, min + step)));
        }
        return spans;
    }

    private Span seen(Span core, int axis, long length, long halo) {
        long min = Math.max(0, core.min - roundUp(halo, stride(axis)));
        long wanted = Math.min(length, core.max + halo);
        long tile = grid.size()[axis];
        return new Span(min, min + tile + roundUp(Math.max(0, wanted - min - tile), stride(axis)));
    }

    private static long roundUp(long value, long step) {
        return (value + step - 1) / step * step;
    }
}
