package io.github.transfuse.slide;

import io.github.transfuse.Segmentation;
import io.github.transfuse.TransFuse;
import io.github.transfuse.batch.BatchListener;
import io.github.transfuse.image.Axis;
import io.github.transfuse.image.CalibratedImage;
import io.github.transfuse.image.FittedNormalization;
import io.github.transfuse.image.TissueMask;
import io.github.transfuse.labels.Connectivity;
import io.github.transfuse.model.InputSpec;
import io.github.transfuse.model.OutputSpec;
import io.github.transfuse.settings.Keys;
import io.github.transfuse.settings.Settings;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.locationtech.jts.geom.Geometry;

/**
 * Segments regions of one slide: reads them at the model's pixel size, lets the facade segment them, and makes objects of
 * the labels. Nothing here depends on QuPath. For one thread.
 */
public final class SlideRun {
    /** Longest side of the small image from which normalisation and tissue are found. */
    private static final double THUMBNAIL = 2048;

    private final TransFuse model;
    private final RegionReader reader;
    private final SlideInfo slide;
    private final SlideOptions options;
    private final int partSide;
    private final Map<Seen, FittedNormalization> fitted = new HashMap<>();
    private final Map<Seen, TissueMask> tissues = new HashMap<>();

    /** A plane at a scale. */
    private record Seen(RegionReader.Plane plane, double downsample) {}

    public SlideRun(TransFuse model, RegionReader reader, SlideInfo slide, SlideOptions options) {
        this(model, reader, slide, options, SlideParts.SIDE);
    }

    /** As above, with parts of another size. */
    public SlideRun(TransFuse model, RegionReader reader, SlideInfo slide, SlideOptions options, int partSide) {
        this.model = model;
        this.reader = reader;
        this.slide = slide;
        this.options = options;
        this.partSide = partSide;
    }

    /**
     * What a region gave.
     *
     * @param objects in slide coordinates
     * @param tiles that were computed
     * @param failedTiles blocks that could not be read and were left out
     * @param waitingSeconds in which nothing was computed, for pixels had to be read: those of the thumbnail, and those of
     *     tiles that were wanted before they were there
     * @param cut objects that reach further than was looked at; they end there
     * @param normalization the numbers used
     */
    public record Outcome(
            List<FoundObject> objects,
            long tiles,
            long failedTiles,
            double waitingSeconds,
            long cut,
            FittedNormalization normalization) {}

    /**
     * Segments a region.
     *
     * @param inside only what lies in this shape is kept; empty: all of the region
     * @throws IOException if the model cannot be opened, or a result cannot be stored
     * @throws SlideException if the slide cannot be read
     * @throws java.util.concurrent.CancellationException if progress asked to stop
     */
    public Outcome segment(SlideRegion region, Optional<Geometry> inside, BatchListener progress) throws IOException {
        double downsample = SlideSampling.downsample(model, slide, region, options);
        long start = System.nanoTime();
        FittedNormalization numbers = normalization(region.plane(), downsample, progress);
        TransFuse prepared = prepared(downsample).normalization(numbers).readers(options.readers());
        WantedShape wanted = WantedShape.of(region, inside, slide);
        if (model.model().spec().input().rule() != InputSpec.Rule.TILE) {
            return asOneImage(prepared, region, downsample, new Start(wanted, numbers, start), progress);
        }
        // tiles lie on the plane, not on the region: an annotation gets what a run of the whole plane finds in it
        SlideRegion plane = SlideRegion.all(slide, region.plane());
        RegionImage image = new RegionImage(reader, slide, plane, downsample, options.skipsUnreadable());
        TracedShapes shapes = TracedShapes.of(plane, image.width(), image.height());
        SlideParts parts = SlideParts.of(model, image, shapes.pixels(region, image), partSide);
        Optional<TissueMask> tissue = tissue(region.plane(), downsample);
        Optional<SmallPieces> small = region.equals(plane) ? Optional.empty() : small(prepared);
        CalibratedImage pixels = calibrated(image, region, parts.columns(), downsample);
        double waited = (System.nanoTime() - start) * 1e-9;
        RegionRun run = new RegionRun(
                small.isPresent() ? prepared.settings(prepared.settings().with(Keys.MIN_SIZE, 0.0)) : prepared,
                new RegionRun.Subject(pixels, shapes, wanted, tissue, small),
                parts,
                objects());
        List<FoundObject> found = run.run(progress);
        return new Outcome(found, run.tiles(), image.unreadable(), waited + run.waitingSeconds(), run.cut(), numbers);
    }

    private ObjectsOfResult objects() {
        return new ObjectsOfResult(model.model().spec().output(), slide, options);
    }

    /** A piece of a class map may be larger than what is seen of it around an annotation. */
    private Optional<SmallPieces> small(TransFuse prepared) {
        double least = prepared.settings().get(Keys.MIN_SIZE).orElse((double)
                model.model().spec().output().minSize());
        boolean classes = prepared.settings().get(Keys.OUTPUT_TYPE).equals(Optional.of("classes"));
        return classes && least > 0
                ? Optional.of(new SmallPieces(
                        least,
                        Connectivity.of(
                                prepared.settings().get(Keys.CONNECTIVITY).orElse(8))))
                : Optional.empty();
    }

    /** What a region begins with. */
    private record Start(WantedShape wanted, FittedNormalization numbers, long nanos) {}

    /** A model that sees whole images sees the region as one. */
    private Outcome asOneImage(
            TransFuse prepared, SlideRegion region, double downsample, Start start, BatchListener progress)
            throws IOException {
        RegionImage image = new RegionImage(reader, slide, region, downsample, options.skipsUnreadable());
        double waited = (System.nanoTime() - start.nanos) * 1e-9;
        Segmentation result = prepared.progress(progress).segment(calibrated(image, region, image.width(), downsample));
        RegionLabels labels = RegionLabels.of(result);
        List<FoundObject> found = objects()
                .from(
                        labels,
                        TracedShapes.of(region, image.width(), image.height()).trace(labels.pixels()),
                        start.wanted);
        return new Outcome(
                found,
                result.statistics().tiles(),
                image.unreadable(),
                waited + result.statistics().waitingSeconds(),
                0,
                start.numbers);
    }

    /** Fitted once for all regions of a plane. */
    private FittedNormalization normalization(RegionReader.Plane plane, double downsample, BatchListener progress)
            throws IOException {
        if (options.normalization().isPresent()) {
            return options.normalization().get();
        }
        Seen seen = new Seen(plane, downsample);
        FittedNormalization known = fitted.get(seen);
        if (known == null) {
            known = model.fitNormalization(thumbnail(SlideRegion.all(slide, plane), downsample), progress::note);
            fitted.put(seen, known);
        }
        return known;
    }

    private TransFuse prepared(double downsample) {
        double pixelArea = downsample * downsample * slide.pixelArea();
        OutputSpec.Kind kind = model.model().spec().output().kind();
        boolean instances = options.kind().isDetections(kind) || kind != OutputSpec.Kind.CLASSES;
        boolean several = model.model().spec().output().classes().size() > 1;
        Settings changed = model.settings()
                .with(Keys.OUTPUT_TYPE, instances ? "instances" : "classes")
                .with(Keys.PROBABILITIES, options.measures() || (instances && several));
        Optional<Double> smallest = options.settings().get(Keys.MIN_AREA);
        if (smallest.isPresent()) {
            changed = changed.with(Keys.MIN_SIZE, Math.ceil(smallest.get() / pixelArea));
        }
        // read at the right scale already: the facade must not resample again
        Optional<List<Double>> size = model.model().spec().input().sampling().pixelSize();
        boolean tiled = model.model().spec().input().rule() == InputSpec.Rule.TILE;
        return model.settings(
                tiled && size.isPresent()
                        ? changed.with(Keys.PIXEL_SIZE, size.get().get(0))
                        : changed);
    }

    /** Found once for all regions of a plane. */
    private Optional<TissueMask> tissue(RegionReader.Plane plane, double downsample) {
        return options.settings().get(Keys.TISSUE_ONLY)
                ? Optional.of(tissues.computeIfAbsent(
                        new Seen(plane, downsample),
                        seen -> TissueMask.of(thumbnail(SlideRegion.all(slide, plane), downsample))))
                : Optional.empty();
    }

    /** All of a region, as small as is enough for statistics, but not smaller than it is segmented. */
    private CalibratedImage thumbnail(SlideRegion region, double downsample) {
        double small = Math.max(downsample, Math.max(region.width(), region.height()) / THUMBNAIL);
        RegionImage image = new RegionImage(reader, slide, region, small, options.skipsUnreadable());
        return calibrated(image, region, image.width(), small);
    }

    private CalibratedImage calibrated(RegionImage image, SlideRegion region, long columns, double downsample) {
        double size = slide.micronsPerPixel().orElse(1) * downsample;
        String unit = slide.micronsPerPixel().isPresent() ? "micron" : Axis.UNCALIBRATED;
        List<Axis> axes = List.of(
                new Axis(Axis.Kind.X, size, unit), new Axis(Axis.Kind.Y, size, unit), Axis.of(Axis.Kind.CHANNEL));
        return new CalibratedImage(slide.name(), image.pixels(columns, region), axes, slide.rgb(), List.of());
    }
}
