package io.github.transfuse.qupath;

import io.github.transfuse.TransFuse;
import io.github.transfuse.batch.BatchListener;
import io.github.transfuse.slide.FoundObject;
import io.github.transfuse.slide.PartListener;
import io.github.transfuse.slide.Placed;
import io.github.transfuse.slide.RegionReader;
import io.github.transfuse.slide.SlideException;
import io.github.transfuse.slide.SlideInfo;
import io.github.transfuse.slide.SlideOptions;
import io.github.transfuse.slide.SlideRegion;
import io.github.transfuse.slide.SlideRun;
import io.github.transfuse.slide.SlideSampling;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.locationtech.jts.geom.Geometry;
import qupath.lib.images.ImageData;
import qupath.lib.objects.PathObject;
import qupath.lib.regions.ImagePlane;
import qupath.lib.roi.interfaces.ROI;
import qupath.lib.scripting.QP;

/**
 * Segments images in QuPath; made by {@link TransFuseBuilder}. Objects are added below those that were segmented, when all
 * of them are done: a run that fails or is canceled changes nothing.
 */
public final class TransFuseSegmenter implements AutoCloseable {
    private static final Object PLACING = new Object();

    private final TransFuse model;
    private final SlideOptions options;
    private volatile boolean closed;

    TransFuseSegmenter(TransFuse model, SlideOptions options) {
        this.model = model;
        this.options = options;
    }

    /**
     * Segments the selected objects of the current image.
     *
     * @throws SlideException if there is no image or nothing is selected, or the image cannot be segmented
     */
    public SegmentationRun segment() throws IOException {
        ImageData<BufferedImage> image = currentImage();
        return segment(
                image,
                SelectedAreas.drawn(image.getHierarchy().getSelectionModel().getSelectedObjects()));
    }

    private static ImageData<BufferedImage> currentImage() {
        return required(QP.getCurrentImageData());
    }

    /** Scripts ask for the current image where there is none: without an image, or in threads of their own. */
    private static ImageData<BufferedImage> required(ImageData<BufferedImage> image) {
        if (image == null) {
            throw new SlideException("No image is open. Open one first, or name one with -i on the command line.");
        }
        return image;
    }

    /**
     * Segments the whole image, plane by plane.
     *
     * @throws SlideException if there is no image, or it cannot be segmented
     */
    public SegmentationRun segment(ImageData<BufferedImage> image) throws IOException {
        return segment(image, List.of(required(image).getHierarchy().getRootObject()));
    }

    /**
     * Segments objects of an image.
     *
     * @param parents annotations or other objects with an area; the root object stands for the whole image
     * @throws SlideException if the image cannot be segmented as asked
     */
    public SegmentationRun segment(ImageData<BufferedImage> image, Collection<? extends PathObject> parents)
            throws IOException {
        return segment(image, parents, BatchListener.NONE);
    }

    /** As {@link #segment(ImageData, Collection)}, watched and canceled by a listener. */
    SegmentationRun segment(
            ImageData<BufferedImage> image, Collection<? extends PathObject> parents, BatchListener listener)
            throws IOException {
        required(image);
        if (closed) {
            throw new SlideException("This segmenter was closed. Build another one with TransFuseBuilder.");
        }
        if (parents == null) {
            throw new SlideException("No objects are given. Give a list such as getAnnotationObjects().");
        }
        long start = System.nanoTime();
        try {
            SelectedAreas selected = SelectedAreas.of(parents);
            return new Tally(start, selected.notes()).add(found(image, selected.parents(), listener), image);
        } catch (CancellationException e) {
            return canceled(start);
        } catch (IOException | RuntimeException e) {
            // channels and waiting threads tell an interrupt as a fault of their own, such as a file that cannot be
            // read
            if (Thread.currentThread().isInterrupted()) {
                return canceled(start);
            }
            throw e;
        } catch (LinkageError | OutOfMemoryError e) {
            // QuPath's command line hangs on errors, so that scripts must only see exceptions
            throw new SlideException("TransFuse cannot go on: " + e, e);
        }
    }

    private static SegmentationRun canceled(long start) {
        return new SegmentationRun(0, 0, 0, millisSince(start), 0, true, List.of());
    }

    /**
     * Checks that the image can be segmented, before any work.
     *
     * @return pixels of the image per pixel that the model sees
     * @throws SlideException if the model cannot make sense of it, or its pixel size is needed and not known
     */
    double check(ImageData<BufferedImage> image) {
        SlideInfo slide = SeenImage.of(image, model, options).info();
        new ObjectFeatures(image, options.settings()).require(makesDetections());
        return SlideSampling.downsample(model, slide, SlideRegion.all(slide, RegionReader.Plane.FIRST), options);
    }

    /** What would be found with its centre in a rectangle; the image stays as it is. */
    List<FoundObject> look(ImageData<BufferedImage> image, Rectangle box, RegionReader.Plane plane) throws IOException {
        SeenImage seen = SeenImage.of(image, model, options);
        SlideRegion region = new SlideRegion(box.x, box.y, box.width, box.height, plane);
        return new SlideRun(seen.model(), seen.reader(), seen.info(), options)
                .segment(region, Optional.empty(), BatchListener.NONE)
                .objects();
    }

    /** What was found in one parent. */
    private record Found(PathObject parent, RegionReader.Plane plane, SlideRun.Outcome outcome) {}

    private List<Found> found(
            ImageData<BufferedImage> image, Collection<? extends PathObject> parents, BatchListener listener)
            throws IOException {
        SeenImage seen = SeenImage.of(image, model, options);
        new ObjectFeatures(image, options.settings()).require(makesDetections());
        SlideInfo slide = seen.info();
        SlideRun run = new SlideRun(seen.model(), seen.reader(), slide, options);
        List<Target> targets = new ArrayList<>();
        HierarchyObjects.parents(parents).forEach(parent -> targets.addAll(targets(parent, image, slide)));
        List<Found> all = new ArrayList<>();
        for (Target target : targets) {
            BatchListener part = new PartListener(listener, all.size(), targets.size(), "region");
            SlideRun.Outcome outcome = run.segment(target.region, target.inside, part);
            all.add(new Found(target.parent, target.region.plane(), outcome));
        }
        return all;
    }

    /** A region, the shape within it, and to which object it belongs. */
    private record Target(PathObject parent, SlideRegion region, Optional<Geometry> inside) {}

    private List<Target> targets(PathObject parent, ImageData<BufferedImage> image, SlideInfo slide) {
        List<Target> targets = new ArrayList<>();
        if (!parent.isRootObject()) {
            targets.add(target(parent, image, slide));
            return targets;
        }
        for (int t = 0; t < image.getServer().nTimepoints(); t++) {
            for (int z = 0; z < image.getServer().nZSlices(); z++) {
                RegionReader.Plane plane = new RegionReader.Plane(z, t);
                if (options.wants(plane)) {
                    targets.add(new Target(parent, SlideRegion.all(slide, plane), Optional.empty()));
                }
            }
        }
        if (targets.isEmpty()) {
            throw new SlideException("The image " + slide.name()
                    + " has none of the slices and time points that were asked" + " for. Choose others, or all.");
        }
        return targets;
    }

    private static Target target(PathObject parent, ImageData<BufferedImage> image, SlideInfo slide) {
        ROI roi = parent.getROI();
        if (!SelectedAreas.hasArea(parent)) {
            throw new SlideException(
                    "A selected object has no area. Select annotations such as rectangles or polygons.");
        }
        ImagePlane plane = roi.getImagePlane();
        if (plane.getZ() >= image.getServer().nZSlices()
                || plane.getT() >= image.getServer().nTimepoints()) {
            throw new SlideException("A selected object lies in z=" + plane.getZ() + ", t=" + plane.getT()
                    + ", but the image " + slide.name() + " has "
                    + image.getServer().nZSlices() + " slice(s) and "
                    + image.getServer().nTimepoints() + " time point(s). Select objects inside it.");
        }
        Geometry shape = roi.getGeometry();
        return new Target(
                parent,
                SlideRegion.around(
                        shape.getEnvelopeInternal(), slide, new RegionReader.Plane(plane.getZ(), plane.getT())),
                Optional.of(shape));
    }

    /** Puts everything into the hierarchy at the end, and counts. */
    private final class Tally {
        private final long start;
        private final List<String> aboutSelection;

        Tally(long start, List<String> aboutSelection) {
            this.start = start;
            this.aboutSelection = aboutSelection;
        }

        SegmentationRun add(List<Found> found, ImageData<BufferedImage> image) throws IOException {
            HierarchyObjects objects = new HierarchyObjects(
                    image.getHierarchy(),
                    model.model(),
                    makesDetections(),
                    new ObjectFeatures(image, options.settings()));
            List<HierarchyObjects.Prepared> prepared = new ArrayList<>();
            Placed placed = Placed.NOTHING;
            // two runs at once would each see what was there before both
            synchronized (PLACING) {
                // nothing is changed before all is complete
                for (Found part : found) {
                    prepared.add(objects.prepare(part.parent, part.plane, part.outcome.objects()));
                }
                for (HierarchyObjects.Prepared part : prepared) {
                    placed = placed.and(objects.replace(part));
                }
            }
            image.getHierarchy().fireHierarchyChangedEvent(this);
            List<PathObject> made =
                    prepared.stream().flatMap(part -> part.made().stream()).toList();
            placed = placed.withTwins(Twins.count(image.getHierarchy().getRootObject(), made, model.model()));
            int lost =
                    prepared.stream().mapToInt(HierarchyObjects.Prepared::lost).sum();
            boolean annotations = found.stream().anyMatch(part -> !part.parent.isRootObject());
            return run(found, placed, lost, RunRemarks.of(image, model, options, annotations));
        }

        private SegmentationRun run(List<Found> found, Placed placed, int lost, List<String> remarks) {
            long tiles = 0;
            long failed = 0;
            long cut = 0;
            double waited = 0;
            for (Found part : found) {
                tiles += part.outcome.tiles();
                failed += part.outcome.failedTiles();
                cut += part.outcome.cut();
                waited += part.outcome.waitingSeconds();
            }
            List<String> notes = new ArrayList<>(placed.notes());
            notes.addAll(remarks);
            notes.addAll(aboutSelection);
            if (lost > 0) {
                notes.add("Nuclei of which QuPath could make no cells, which are left out: " + lost + ".");
            }
            if (cut > 0) {
                notes.add("Objects that are too long to be seen whole end where they were no longer looked at: " + cut
                        + ". Segment the whole image to see them whole.");
            }
            return new SegmentationRun(
                    tiles, failed, placed.made(), millisSince(start), Math.round(1000 * waited), false, notes);
        }
    }

    private boolean makesDetections() {
        return options.kind().isDetections(model.model().spec().output().kind());
    }

    private static long millisSince(long start) {
        return (System.nanoTime() - start) / 1_000_000;
    }

    /** Frees the network. */
    @Override
    public void close() {
        closed = true;
        model.close();
    }
}
