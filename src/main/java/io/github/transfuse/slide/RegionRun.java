package io.github.transfuse.slide;

import io.github.transfuse.Segmentation;
import io.github.transfuse.TransFuse;
import io.github.transfuse.batch.BatchListener;
import io.github.transfuse.image.CalibratedImage;
import io.github.transfuse.inference.AreaOfInterest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.imglib2.FinalInterval;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.util.Intervals;
import net.imglib2.view.Views;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;

/**
 * Segments the pixels of one region and makes objects of them. Class maps are made as a whole; instances of a large region
 * are looked for in parts, so that their labels and probabilities need no more memory on a larger slide.
 *
 * <p>An instance that a part sees cut, since it is longer than the halo, is looked at again with a wider one.
 */
final class RegionRun {
    private final TransFuse model;
    private final CalibratedImage image;
    private final AreaOfInterest area;
    private final ObjectsOfResult objects;
    private final SlideParts parts;
    private final TracedShapes shapes;
    private long tiles;
    private double waitingSeconds;

    /**
     * What a run works on.
     *
     * @param region of the slide
     * @param image of it: x, y, channel
     * @param area of the image that is computed
     * @param parts of the image
     */
    record Subject(SlideRegion region, CalibratedImage image, AreaOfInterest area, SlideParts parts) {}

    /**
     * A run.
     *
     * @param model with all its settings
     * @param subject what is segmented
     * @param objects makes objects of labels
     */
    RegionRun(TransFuse model, Subject subject, ObjectsOfResult objects) {
        this.model = model;
        this.image = subject.image;
        this.area = subject.area;
        this.parts = subject.parts;
        this.shapes = TracedShapes.of(subject.region, parts.width(), parts.height());
        this.objects = objects;
    }

    long tiles() {
        return tiles;
    }

    /** How long the network waited for pixels. */
    double waitingSeconds() {
        return waitingSeconds;
    }

    /**
     * Segments all of it.
     *
     * @param inside only what lies in this shape is kept; empty: everything
     */
    List<FoundObject> run(Optional<Geometry> inside, BatchListener progress) throws IOException {
        if (!parts.areSeveral()) {
            FoundLabels labels = segment(image, area, progress);
            return objects.from(labels, shapes.trace(labels.pixels()), inside);
        }
        List<SlideParts.Area> cores = parts.cores();
        List<FoundObject> found = new ArrayList<>();
        for (int i = 0; i < cores.size(); i++) {
            found.addAll(part(cores.get(i), inside, new PartListener(progress, i, cores.size(), "part")));
            // results in mapped files keep their pages until their buffers are collected
            System.gc();
        }
        return found;
    }

    private FoundLabels segment(CalibratedImage pixels, AreaOfInterest wanted, BatchListener progress)
            throws IOException {
        Segmentation result = model.only(wanted).progress(progress).segment(pixels);
        tiles += result.statistics().tiles();
        waitingSeconds += result.statistics().waitingSeconds();
        return FoundLabels.of(result);
    }

    private List<FoundObject> part(SlideParts.Area core, Optional<Geometry> inside, BatchListener progress)
            throws IOException {
        for (long halo = parts.halo(); ; halo *= 2) {
            SlideParts.Area seen = parts.seen(core, halo);
            AreaOfInterest wanted = within(seen);
            if (!wanted.touches(0, 0, 1, 1)) {
                return List.of();
            }
            FoundLabels labels = segment(view(seen), wanted, progress)
                    .cropped(
                            parts.width() - seen.x().min(),
                            parts.height() - seen.y().min());
            Map<Long, Geometry> traced =
                    shapes.trace(labels.pixels(), seen.x().min(), seen.y().min());
            if (!isOneCut(traced.values(), core, seen)) {
                List<FoundObject> found = objects.from(labels, traced, inside);
                return found.stream().filter(o -> owns(core, o.shape())).toList();
            }
        }
    }

    /** The area of interest, in fractions of what a part sees. */
    private AreaOfInterest within(SlideParts.Area seen) {
        return (left, top, right, bottom) -> area.touches(
                fraction(seen.x(), left, parts.width()),
                fraction(seen.y(), top, parts.height()),
                fraction(seen.x(), right, parts.width()),
                fraction(seen.y(), bottom, parts.height()));
    }

    private static double fraction(SlideParts.Span seen, double at, long length) {
        return Math.min(1, (seen.min() + at * seen.length()) / length);
    }

    private CalibratedImage view(SlideParts.Area seen) {
        return new CalibratedImage(image.name(), pixels(image.pixels(), seen), image.axes(), image.rgb(), List.of());
    }

    /** What lies beyond the region is its reflection, as in tiles of small images. */
    private static <T> RandomAccessibleInterval<T> pixels(RandomAccessibleInterval<T> all, SlideParts.Area seen) {
        FinalInterval interval = new FinalInterval(
                new long[] {seen.x().min(), seen.y().min(), all.min(2)},
                new long[] {seen.x().max() - 1, seen.y().max() - 1, all.max(2)});
        return Views.zeroMin(
                Intervals.contains(all, interval)
                        ? Views.interval(all, interval)
                        : Views.interval(Views.extendMirrorSingle(all), interval));
    }

    private boolean owns(SlideParts.Area core, Geometry shape) {
        Coordinate centre = shape.getCentroid().getCoordinate();
        return core.x().contains((centre.getX() - shapes.x()) / shapes.scaleX())
                && core.y().contains((centre.getY() - shapes.y()) / shapes.scaleY());
    }

    /** Whether a shape that reaches into the core ends where the part ends, but the region does not. */
    private boolean isOneCut(Collection<Geometry> traced, SlideParts.Area core, SlideParts.Area seen) {
        Envelope middle = new Envelope(
                shapes.slideX(core.x().min()),
                shapes.slideX(core.x().max()),
                shapes.slideY(core.y().min()),
                shapes.slideY(core.y().max()));
        Envelope uncut = uncut(seen);
        return traced.stream()
                .map(Geometry::getEnvelopeInternal)
                .anyMatch(shape -> middle.intersects(shape) && !uncut.contains(shape));
    }

    /** A shape in it does not touch an end of the part, unless the region ends there too. */
    private Envelope uncut(SlideParts.Area seen) {
        double all = Double.MAX_VALUE;
        return new Envelope(
                seen.x().min() > 0 ? shapes.slideX(seen.x().min() + 1) : -all,
                seen.x().max() < parts.width() ? shapes.slideX(seen.x().max() - 1) : all,
                seen.y().min() > 0 ? shapes.slideY(seen.y().min() + 1) : -all,
                seen.y().max() < parts.height() ? shapes.slideY(seen.y().max() - 1) : all);
    }
}
