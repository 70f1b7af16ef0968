package io.github.transfuse.qupath;

import io.github.transfuse.settings.Keys;
import io.github.transfuse.settings.Settings;
import io.github.transfuse.slide.Drawing;
import io.github.transfuse.slide.JudgingRegions;
import io.github.transfuse.slide.Learned;
import io.github.transfuse.slide.SlideException;
import io.github.transfuse.slide.SlideInfo;
import io.github.transfuse.slide.SlidePieces;
import io.github.transfuse.slide.TrainingCounts;
import io.github.transfuse.slide.TrainingSet;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What is to be learned of images: looked at, counted, divided, and written.
 *
 * @param images that have regions
 * @param export settings
 * @param pixelSize at which regions are written, in microns
 * @param notes what a user must know beside the counts
 */
record TrainingData(List<One> images, Settings export, double pixelSize, List<String> notes) {

    /** An image with what is learned of it. */
    private record One(TrainingImage image, SlideInfo slide, List<Drawing> drawings) {
        SlidePieces pieces(ServerRegions reader, double pixelSize) {
            return new SlidePieces(slide, reader, drawings, pixelSize);
        }

        SlidePieces unread(double pixelSize) {
            return new SlidePieces(slide, request -> Optional.empty(), drawings, pixelSize);
        }
    }

    /**
     * Looks at images.
     *
     * @throws SlideException if an image cannot be opened
     */
    static TrainingData of(List<TrainingImage> images, Settings export, double pixelSize) throws IOException {
        List<One> found = new ArrayList<>();
        int nameless = 0;
        for (TrainingImage image : images) {
            requireGoingOn();
            Annotated annotated = image.use(opened -> Annotated.of(opened, export.get(Keys.DETECTIONS)));
            if (annotated.drawings().stream().anyMatch(Drawing::isRegion)) {
                SlideInfo slide = image.use(opened -> new ServerRegions(opened.getServer()).info());
                found.add(new One(image, slide, annotated.drawings()));
                nameless += annotated.nameless();
            }
        }
        JudgingRegions.Choice choice = new JudgingRegions(export.get(Keys.VALIDATION_SHARE))
                .of(found.stream().map(One::drawings).toList());
        List<One> divided = new ArrayList<>();
        for (int i = 0; i < found.size(); i++) {
            divided.add(new One(
                    found.get(i).image, found.get(i).slide, choice.images().get(i)));
        }
        List<String> notes = new ArrayList<>();
        if (nameless > 0) {
            notes.add("Annotations and detections without a class, of which nothing is learned: " + nameless
                    + ". Give them a class.");
        }
        if (!choice.sentence().isEmpty()) {
            notes.add(choice.sentence());
        }
        return new TrainingData(divided, export, pixelSize, List.copyOf(notes));
    }

    private static void requireGoingOn() {
        if (Thread.currentThread().isInterrupted()) {
            throw new SlideException("Canceled; nothing was trained.");
        }
    }

    TrainingCounts counts() {
        return TrainingCounts.of(
                images.stream().map(one -> one.unread(pixelSize)).toList(), export.get(Keys.SPARSE));
    }

    /** Counts, what is learned, and what a user must know. */
    List<String> sentences(Learned learned) {
        List<String> sentences = new ArrayList<>(counts().sentences(learned));
        sentences.addAll(notes);
        return List.copyOf(sentences);
    }

    /**
     * Refuses where there is nothing to learn.
     *
     * @throws SlideException that says what to do
     */
    TrainingData requireSomething() {
        if (images.isEmpty()) {
            throw new SlideException(
                    "There is no region of the class Training. Draw one, and within it annotations of what"
                            + " is to be learned, each with its class; or take all images of the project.");
        }
        if (counts().isEmpty()) {
            throw new SlideException(
                    "Nothing in the regions of the class Training can be learned. Draw annotations of what"
                            + " is to be learned in them, each with its class."
                            + (notes.isEmpty() ? "" : " " + notes.get(0)));
        }
        return this;
    }

    /**
     * Writes the regions; images with nothing but background come last, when it is known whether there is anything to learn.
     *
     * @return how many regions were written
     */
    int write(Path folder, Learned learned) throws IOException {
        TrainingSet set = new TrainingSet(folder, export.get(Keys.SPARSE), Optional.of(learned));
        Function<One, Boolean> full = one -> set.hasClasses(one.unread(pixelSize));
        int regions = 0;
        for (boolean wanted : new boolean[] {true, false}) {
            for (One one : images) {
                requireGoingOn();
                if (full.apply(one) == wanted) {
                    regions += one.image.use(opened -> set.add(
                            TrainingImage.identity(opened),
                            one.pieces(new ServerRegions(opened.getServer()), pixelSize)));
                }
            }
        }
        return regions;
    }
}
