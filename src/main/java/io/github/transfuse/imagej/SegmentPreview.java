package io.github.transfuse.imagej;

import ij.ImagePlus;
import ij.gui.Overlay;
import ij.gui.Roi;
import io.github.transfuse.Segmentation;
import io.github.transfuse.TransFuse;
import io.github.transfuse.image.FittedNormalization;
import io.github.transfuse.image.LookupTables;
import io.github.transfuse.image.SelectedArea;
import io.github.transfuse.model.InputSpec;
import io.github.transfuse.progress.Progress;
import io.github.transfuse.settings.Keys;
import io.github.transfuse.settings.Settings;
import java.awt.EventQueue;
import java.awt.Point;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import net.imglib2.view.Views;

/**
 * Outlines of what a model would find in the part of an image that its window shows, drawn over the image until the dialog
 * closes. Works on a thread of its own; of several questions the last one is answered.
 */
final class SegmentPreview implements AutoCloseable {
    private final ImagePlus image;
    private final Consumer<String> told;
    private final ExecutorService worker = Executors.newSingleThreadExecutor(work -> {
        Thread thread = new Thread(work, "TransFuse preview");
        thread.setDaemon(true);
        return thread;
    });
    private final AtomicInteger asked = new AtomicInteger();

    /** Touched by AWT's thread only. */
    private List<Roi> drawn = List.of();

    /** Touched by the worker only. */
    private Optional<TransFuse> model = Optional.empty();

    /**
     * No preview yet.
     *
     * @param told is given a line about the preview, on AWT's thread
     */
    SegmentPreview(ImagePlus image, Consumer<String> told) {
        this.image = image;
        this.told = told;
    }

    /** Draws a preview with these settings as soon as it is computed, unless another one is asked for before. */
    void ask(Settings settings) {
        int number = asked.incrementAndGet();
        told.accept("Previewing ...");
        worker.execute(() -> {
            if (number != asked.get()) {
                return;
            }
            try {
                draw(settings, number);
            } catch (CancellationException e) {
                // Another one was asked for meanwhile
                return;
            } catch (IOException | RuntimeException | OutOfMemoryError e) {
                tell(number, "No preview: " + Failures.message(e));
            }
        });
    }

    private void draw(Settings settings, int number) throws IOException {
        TransFuse opened = opened(settings);
        InputSpec input = opened.model().spec().input();
        if (input.sampling().mode() != InputSpec.Mode.SLICES) {
            tell(number, "No preview: this model needs the slices around the one that is shown.");
            return;
        }
        VisiblePart whole = VisiblePart.of(image, true);
        VisiblePart part = input.rule() == InputSpec.Rule.TILE ? VisiblePart.of(image, false) : whole;
        // A part alone would be brightened by itself
        LookupTables lookup = InputImages.lookup(image);
        FittedNormalization range = opened.fitNormalization(InputImages.seen(whole.pixels(), lookup));
        long start = System.nanoTime();
        Optional<SelectedArea> area = SelectionLimit.of(image, settings);
        Optional<SelectedArea> inView = area.map(selected -> selected.within(part.where()));
        if (inView.map(SelectedArea::isEmpty).orElse(false)) {
            tell(number, "The selection is not in this view.");
            return;
        }
        TransFuse ready = opened.normalization(range).progress(new UntilAskedAgain(number));
        Segmentation result = (inView.isPresent() ? ready.within(inView.get()) : ready)
                .segment(InputImages.seen(part.pixels(), lookup));
        double seconds = (System.nanoTime() - start) * 1e-9;
        List<Roi> outlines = outlines(result, part.where().getLocation());
        String line = outlines.isEmpty()
                ? "Nothing is found in this view."
                : outlines.size() + (outlines.size() == 1 ? " outline" : " outlines") + " in this view.";
        String estimate = " The whole image takes about " + duration(seconds * parts(part)) + ".";
        EventQueue.invokeLater(() -> {
            if (number == asked.get()) {
                show(outlines);
                told.accept(line + (area.isPresent() ? "" : estimate));
            }
        });
    }

    private static List<Roi> outlines(Segmentation result, Point origin) {
        var labels = result.labels();
        while (labels.numDimensions() > 2) {
            labels = Views.hyperSlice(labels, 2, labels.min(2));
        }
        return LabelOverlay.outlines(labels, result.colors(), origin);
    }

    /** How many parts of this size the image has. */
    private double parts(VisiblePart part) {
        double planes = (double) image.getStackSize() / image.getNChannels();
        double pixels = (double) part.where().width * part.where().height;
        return planes * image.getWidth() * image.getHeight() / pixels;
    }

    /** The network is kept as long as model, device and number format are the same. */
    private TransFuse opened(Settings settings) throws IOException {
        if (model.isPresent() && !sameNetwork(model.get().settings(), settings)) {
            model.get().close();
            model = Optional.empty();
        }
        if (model.isEmpty()) {
            model = Optional.of(TransFuse.load(settings));
            model.get().open();
        }
        // The part has one slice and one frame, wherever it lies
        return model.get().settings(settings.with(Map.of(Keys.SLICES.name(), "all", Keys.FRAMES.name(), "all")));
    }

    private static boolean sameNetwork(Settings one, Settings other) {
        return one.get(Keys.MODEL).equals(other.get(Keys.MODEL))
                && one.networkOptions().equals(other.networkOptions());
    }

    static String duration(double seconds) {
        if (seconds < 90) {
            return Math.max(1, Math.round(seconds)) + " s";
        }
        return Math.round(seconds / 60) + " min";
    }

    private void tell(int number, String line) {
        EventQueue.invokeLater(() -> {
            if (number == asked.get()) {
                told.accept(line);
            }
        });
    }

    /** What else lies over the image stays, also what the user adds meanwhile. */
    private void show(List<Roi> outlines) {
        Overlay overlay = image.getOverlay() == null ? new Overlay() : image.getOverlay();
        drawn.forEach(overlay::remove);
        for (Roi outline : outlines) {
            if (image.isHyperStack() || image.getNChannels() > 1) {
                outline.setPosition(0, image.getSlice(), image.getFrame());
            } else if (image.getStackSize() > 1) {
                outline.setPosition(image.getCurrentSlice());
            }
            overlay.add(outline);
        }
        drawn = outlines;
        image.setOverlay(overlay.size() == 0 ? null : overlay);
    }

    /** Takes the outlines away. */
    void clear() {
        asked.incrementAndGet();
        if (!drawn.isEmpty()) {
            show(List.of());
        }
    }

    /** Leaves the image as it was before. */
    @Override
    public void close() {
        clear();
        worker.execute(() -> model.ifPresent(TransFuse::close));
        worker.shutdown();
    }

    /** Stops a preview that nobody waits for. */
    private final class UntilAskedAgain implements Progress {
        private final int number;

        UntilAskedAgain(int number) {
            this.number = number;
        }

        @Override
        public void report(long done, long total, String work) {
            // A preview is short
        }

        @Override
        public boolean isCanceled() {
            return number != asked.get();
        }
    }
}
