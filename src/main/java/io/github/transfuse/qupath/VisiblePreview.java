package io.github.transfuse.qupath;

import io.github.transfuse.TransFuse;
import io.github.transfuse.slide.Counted;
import io.github.transfuse.slide.FoundObject;
import io.github.transfuse.slide.RegionReader;
import io.github.transfuse.slide.SlideException;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.Shape;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javafx.application.Platform;
import org.locationtech.jts.awt.ShapeWriter;
import qupath.lib.gui.viewer.QuPathViewer;
import qupath.lib.gui.viewer.overlays.PathOverlay;
import qupath.lib.images.ImageData;
import qupath.lib.regions.ImageRegion;

/**
 * Outlines of what a model would find in the part of an image that is shown, drawn over the image until they are removed.
 * Nothing in the image is changed. Asked on the JavaFX thread; of several questions the last one is answered.
 */
final class VisiblePreview implements PathOverlay {
    /** Longest side that is looked at, in pixels of the model. */
    private static final double MAX_SIDE = 1024;

    private static final float WIDTH = 2;

    private final Supplier<QuPathViewer> current;
    private final Consumer<String> told;
    private final AtomicInteger asked = new AtomicInteger();
    private volatile QuPathViewer viewer;
    private volatile Drawn drawn = new Drawn(null, RegionReader.Plane.FIRST, List.of(), new Rectangle());

    /** What is drawn over an image. */
    private record Drawn(
            ImageData<BufferedImage> image, RegionReader.Plane plane, List<Outline> outlines, Rectangle box) {}

    private record Outline(Shape shape, Color color) {}

    /**
     * No preview yet.
     *
     * @param current viewer, whose image is meant
     * @param told is given a line about the preview, on the JavaFX thread
     */
    VisiblePreview(Supplier<QuPathViewer> current, Consumer<String> told) {
        this.current = current;
        this.viewer = current.get();
        this.told = told;
        viewer.getCustomOverlayLayers().add(this);
    }

    /** The user may have gone on to another viewer, whose image is that which will be segmented. */
    private void follow() {
        QuPathViewer now = current.get();
        if (now != viewer) {
            viewer.getCustomOverlayLayers().remove(this);
            viewer.repaint();
            viewer = now;
            viewer.getCustomOverlayLayers().add(this);
        }
    }

    /** Draws a preview as soon as it is computed, unless another one is asked for before. */
    void ask(SegmentRequest request) {
        follow();
        ImageData<BufferedImage> image = viewer.getImageData();
        if (image == null) {
            throw new SlideException("No image is open. Open one first.");
        }
        int number = asked.incrementAndGet();
        Rectangle seen = viewer.getDisplayedRegionShape()
                .getBounds()
                .intersection(new Rectangle(
                        image.getServer().getWidth(), image.getServer().getHeight()));
        if (seen.isEmpty()) {
            throw new SlideException("Nothing of the image is shown. Move it back into the viewer.");
        }
        RegionReader.Plane plane = new RegionReader.Plane(viewer.getZPosition(), viewer.getTPosition());
        told.accept("Previewing ...");
        Thread worker = new Thread(
                () -> {
                    String sentence = answer(request, new Question(number, image, seen, plane));
                    Platform.runLater(() -> {
                        if (number == asked.get()) {
                            told.accept(sentence);
                            viewer.repaint();
                        }
                    });
                },
                "transfuse-preview");
        worker.setDaemon(true);
        worker.start();
    }

    private record Question(int number, ImageData<BufferedImage> image, Rectangle seen, RegionReader.Plane plane) {}

    private String answer(SegmentRequest request, Question question) {
        try (TransFuseSegmenter segmenter = request.builder().build()) {
            TransFuse.loadEngine((done, total) -> question.number == asked.get());
            Rectangle box = middle(question.seen, MAX_SIDE * segmenter.check(question.image));
            long start = System.nanoTime();
            List<FoundObject> found = segmenter.look(question.image, box, question.plane);
            if (question.number == asked.get()) {
                drawn = new Drawn(question.image, question.plane, outlines(found), box);
            }
            return String.format(
                    Locale.ROOT,
                    "Preview of %s: %s in %.1f s. Nothing was added to the image.",
                    box.equals(question.seen) ? "what is shown" : "the middle of what is shown",
                    Counted.of(found.size(), "object"),
                    (System.nanoTime() - start) * 1e-9);
        } catch (IOException | RuntimeException | LinkageError | OutOfMemoryError e) {
            return "No preview: " + SegmentCommand.message(e);
        }
    }

    /** Not more than a side, from the middle. */
    static Rectangle middle(Rectangle seen, double side) {
        int width = (int) Math.min(seen.width, side);
        int height = (int) Math.min(seen.height, side);
        return new Rectangle(seen.x + (seen.width - width) / 2, seen.y + (seen.height - height) / 2, width, height);
    }

    private static List<Outline> outlines(List<FoundObject> found) {
        ShapeWriter writer = new ShapeWriter();
        return found.stream()
                .map(object -> new Outline(
                        writer.toShape(object.shape()), new Color(object.kind().color())))
                .toList();
    }

    @Override
    public void paintOverlay(
            Graphics2D graphics,
            ImageRegion region,
            double downsample,
            ImageData<BufferedImage> image,
            boolean completely) {
        Drawn now = drawn;
        boolean here = image != null
                && image.equals(now.image)
                && viewer.getZPosition() == now.plane.z()
                && viewer.getTPosition() == now.plane.t();
        if (!here) {
            return;
        }
        graphics.setStroke(new BasicStroke((float) (WIDTH * downsample)));
        graphics.setColor(Color.WHITE);
        graphics.draw(now.box);
        for (Outline outline : now.outlines) {
            graphics.setColor(outline.color);
            graphics.draw(outline.shape);
        }
    }

    /** Takes the outlines away. */
    void remove() {
        asked.incrementAndGet();
        viewer.getCustomOverlayLayers().remove(this);
        viewer.repaint();
    }
}
