package io.github.transfuse.slide;

import io.github.transfuse.TransFuse;
import io.github.transfuse.inference.TileGrid;
import io.github.transfuse.inference.TileWindow;
import io.github.transfuse.model.OutputSpec;
import java.util.ArrayList;
import java.util.List;

/**
 * Cuts what is asked for of a plane into parts, so that memory and temporary files do not grow with the slide. Each part owns
 * the objects whose centre lies in its core, and sees a halo around it.
 *
 * <p>The tiles of all parts lie where those of the whole plane do, whatever is asked for: what one part leaves to another is
 * found there, and an annotation gets what a run of the whole plane finds in it.
 *
 * @param width of the plane in pixels at the scale of the model
 * @param height of the plane
 * @param asked the pixels that are asked for
 * @param grid how tiles lie
 * @param side about that of a core, in pixels
 */
record SlideParts(long width, long height, Area asked, TileGrid grid, int side) {
    /** The usual side of a core: the labels and probabilities of a part take about a gigabyte. */
    static final int SIDE = 8192;

    /**
     * The parts in which a model looks at a plane. Only instances that a boundary sets apart can be found so: they are
     * small, and do not depend on each other. All else is one part.
     */
    static SlideParts of(TransFuse model, RegionImage plane, Area asked, int side) {
        boolean cut = model.model().spec().output().kind() == OutputSpec.Kind.BOUNDARY_INSTANCES;
        return new SlideParts(plane.width(), plane.height(), asked, model.tileGrid(), cut ? side : Integer.MAX_VALUE);
    }

    /** Columns of the plane that are looked at in one go. */
    long columns() {
        return cores().stream()
                .mapToLong(core -> window(around(core, halo())).size(0))
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

    /** The cores, row by row: they cover what is asked for without a gap, and do not overlap. */
    List<Area> cores() {
        List<Area> cores = new ArrayList<>();
        for (Span y : cut(asked.y)) {
            for (Span x : cut(asked.x)) {
                cores.add(new Area(x, y));
            }
        }
        return cores;
    }

    private List<Span> cut(Span span) {
        long count = Math.max(1, Math.round(span.length() / (double) side));
        long step = (span.length() + count - 1) / count;
        List<Span> spans = new ArrayList<>();
        for (long min = span.min; min < span.max; min += step) {
            spans.add(new Span(min, Math.min(span.max, min + step)));
        }
        return spans;
    }

    /** The halo to begin with: more than most objects are long. What it cuts is looked at again with a wider one. */
    long halo() {
        return (Math.max(grid.size()[0], grid.size()[1]) + 1L) / 2;
    }

    /** Pixels as far as a halo from a core, within the plane. */
    Area around(Area core, long halo) {
        return new Area(around(core.x, halo, width), around(core.y, halo, height));
    }

    private static Span around(Span core, long halo, long length) {
        long first = Math.max(0, core.min - halo);
        long last = Math.min(length, core.max + halo);
        return new Span(first, last);
    }

    /** What must be seen to know these pixels. */
    TileWindow window(Area known) {
        return TileWindow.of(grid, new long[] {width, height}, new long[] {known.x.min, known.y.min}, new long[] {
            known.x.max, known.y.max
        });
    }
}
