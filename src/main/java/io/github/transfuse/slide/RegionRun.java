package io.github.transfuse.slide;

import io.github.transfuse.Segmentation;
import io.github.transfuse.TransFuse;
import io.github.transfuse.batch.BatchListener;
import io.github.transfuse.image.CalibratedImage;
import io.github.transfuse.image.TissueMask;
import io.github.transfuse.inference.AreaOfInterest;
import io.github.transfuse.inference.TileWindow;
import io.github.transfuse.model.OutputSpec;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.imglib2.FinalInterval;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.view.Views;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;

/**
 * Segments what is asked for of a plane, for models that see tiles, and makes objects of it. Class maps are made as a whole;
 * instances of a large region are looked for in parts, so that their labels and probabilities need no more memory on a
 * larger slide.
 *
 * <p>An instance that is seen cut, since it is longer than the halo, is looked at again with a wider one.
 */
final class RegionRun {
    /** The widest halo, in pixels: what reaches further is left as it is seen, and told. */
    private static final long WIDEST = 8192;

    private final TransFuse model;
    private final Subject subject;
    private final SlideParts parts;
    private final ObjectsOfResult objects;
    private long tiles;
    private double waitingSeconds;
    private long cut;

    /**
     * What a run works on.
     *
     * @param image of the plane: x, y, channel
     * @param shapes places its labels on the slide
     * @param wanted what is asked for
     * @param tissue what else is left out
     * @param small removes small pieces of class maps, if the model with its settings does not
     */
    record Subject(
            CalibratedImage image,
            TracedShapes shapes,
            WantedShape wanted,
            Optional<TissueMask> tissue,
            Optional<SmallPieces> small) {}

    /**
     * A run.
     *
     * @param model with all its settings
     * @param subject what is segmented
     * @param parts of the plane
     * @param objects makes objects of labels
     */
    RegionRun(TransFuse model, Subject subject, SlideParts parts, ObjectsOfResult objects) {
        this.model = model;
        this.subject = subject;
        this.parts = parts;
        this.objects = objects;
    }

    long tiles() {
        return tiles;
    }

    /** How long the network waited for pixels. */
    double waitingSeconds() {
        return waitingSeconds;
    }

    /** Objects that reach further than was looked at. */
    long cut() {
        return cut;
    }

    /** Segments all of it. */
    List<FoundObject> run(BatchListener progress) throws IOException {
        List<SlideParts.Area> cores = parts.cores();
        List<FoundObject> found = new ArrayList<>();
        for (int i = 0; i < cores.size(); i++) {
            found.addAll(part(cores.get(i), new PartListener(progress, i, cores.size(), "part")));
            if (cores.size() > 1) {
                // results in mapped files keep their pages until their buffers are collected
                System.gc();
            }
        }
        return found;
    }

    private List<FoundObject> part(SlideParts.Area core, BatchListener progress) throws IOException {
        for (long halo = parts.halo(); ; halo *= 2) {
            SlideParts.Area known = parts.around(core, halo);
            TileWindow window = parts.window(known);
            Near near = new Near(window, halo);
            if (!near.touches(0, 0, 1, 1)) {
                return List.of();
            }
            Segmentation result = model.only(window, near).progress(progress).segment(view(window));
            tiles += result.statistics().tiles();
            waitingSeconds += result.statistics().waitingSeconds();
            RegionLabels labels = RegionLabels.of(result);
            Horizon horizon = new Horizon(subject, parts, core, halo);
            boolean classes = labels.kind() == OutputSpec.Kind.CLASSES;
            long unknown = classes ? removeSmall(labels, window, horizon) : 0;
            Map<Long, Geometry> traced = subject.shapes.trace(labels.pixels(), window.min(0), window.min(1));
            unknown = classes ? unknown : horizon.countUncertain(traced.values(), halo < WIDEST);
            if (unknown == 0 || halo >= WIDEST) {
                cut += unknown;
                return owned(core, labels, traced);
            }
        }
    }

    private long removeSmall(RegionLabels labels, TileWindow window, Horizon horizon) throws IOException {
        if (subject.small.isEmpty()) {
            return 0;
        }
        return subject.small
                .get()
                .remove(
                        labels.pixels(),
                        box -> horizon.isCut(subject.shapes.envelope(
                                new SlideParts.Area(moved(box.x(), window.min(0)), moved(box.y(), window.min(1))))));
    }

    private static SlideParts.Span moved(SlideParts.Span span, long by) {
        return new SlideParts.Span(span.min() + by, span.max() + by);
    }

    private List<FoundObject> owned(SlideParts.Area core, RegionLabels labels, Map<Long, Geometry> traced) {
        if (labels.kind() != OutputSpec.Kind.CLASSES) {
            traced.values().removeIf(shape -> !owns(core, shape));
        }
        return objects.from(labels, traced, subject.wanted);
    }

    private CalibratedImage view(TileWindow window) {
        return new CalibratedImage(
                subject.image.name(),
                pixels(subject.image.pixels(), window),
                subject.image.axes(),
                subject.image.rgb(),
                List.of());
    }

    private static <T> RandomAccessibleInterval<T> pixels(RandomAccessibleInterval<T> all, TileWindow window) {
        long[] min = {window.min(0), window.min(1), all.min(2)};
        long[] max = {window.min(0) + window.size(0) - 1, window.min(1) + window.size(1) - 1, all.max(2)};
        return Views.zeroMin(Views.interval(all, new FinalInterval(min, max)));
    }

    private boolean owns(SlideParts.Area core, Geometry shape) {
        Coordinate centre = shape.getCentroid().getCoordinate();
        return core.x().contains((centre.getX() - subject.shapes.x()) / subject.shapes.scaleX())
                && core.y().contains((centre.getY() - subject.shapes.y()) / subject.shapes.scaleY());
    }

    /** The tiles of a window that lie near what is asked for: all that a pixel needs within the halo. */
    private final class Near implements AreaOfInterest {
        private final TileWindow window;
        private final long halo;

        Near(TileWindow window, long halo) {
            this.window = window;
            this.halo = halo;
        }

        @Override
        public boolean touches(double left, double top, double right, double bottom) {
            // whole pixels of the plane: a tile is judged to the bit as in any other window
            SlideParts.Area tile = new SlideParts.Area(span(0, left, right), span(1, top, bottom));
            Envelope seen = subject.shapes.envelope(tile);
            seen.expandBy(halo * subject.shapes.scaleX(), halo * subject.shapes.scaleY());
            return subject.wanted.touches(seen) && isTissue(tile);
        }

        private SlideParts.Span span(int axis, double from, double to) {
            return new SlideParts.Span(
                    window.min(axis) + Math.round(from * window.size(axis)),
                    window.min(axis) + Math.round(to * window.size(axis)));
        }

        private boolean isTissue(SlideParts.Area tile) {
            double width = parts.width();
            double height = parts.height();
            return subject.tissue.isEmpty()
                    || subject.tissue
                            .get()
                            .touches(
                                    tile.x().min() / width,
                                    tile.y().min() / height,
                                    tile.x().max() / width,
                                    tile.y().max() / height);
        }
    }
}
