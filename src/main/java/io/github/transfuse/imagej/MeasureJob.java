package io.github.transfuse.imagej;

import ij.ImagePlus;
import ij.measure.Calibration;
import io.github.transfuse.batch.ObjectTable;
import io.github.transfuse.batch.ResultWriter;
import io.github.transfuse.image.Axis;
import io.github.transfuse.image.CalibratedImage;
import io.github.transfuse.image.Lengths;
import io.github.transfuse.image.ResultFiles;
import io.github.transfuse.measure.MeasureTable;
import io.github.transfuse.measure.MeasuredImage;
import io.github.transfuse.measure.PixelGrid;
import io.github.transfuse.settings.Keys;
import io.github.transfuse.settings.Settings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Measures a label image: what both kinds of command do once they have their settings. */
final class MeasureJob {
    private MeasureJob() {}

    /**
     * Measures, and writes the table if the settings ask for it.
     *
     * @param active the label image if the settings name none
     * @param given the image to take intensities of if the settings name none
     * @throws IllegalArgumentException if there is no label image, or the image has another size
     * @throws IOException if a file cannot be read or written
     */
    static MeasureTable run(Settings settings, Optional<ImagePlus> active, Optional<ImagePlus> given)
            throws IOException {
        LabelStack stack = LabelStack.of(settings.get(Keys.INPUT), active);
        Optional<String> named = settings.get(Keys.IMAGE);
        Optional<ImagePlus> image = named.isPresent() ? Optional.of(InputImages.named(Keys.IMAGE, named.get())) : given;
        image = image.isPresent() ? Optional.of(InputImages.held(image)) : image;
        if (image.isPresent()) {
            requireSameSize(stack.image(), image.get());
        }
        Optional<Path> folder = settings.get(Keys.OUTPUT);
        if (folder.isPresent()) {
            ResultFiles.requireWritable(folder.get());
        }
        boolean borrowed = image.isPresent()
                && !stack.image().getCalibration().scaled()
                && image.get().getCalibration().scaled();
        ImagePlus calibrated = borrowed ? image.get() : stack.image();
        MeasureTable table = measure(settings, stack, image, calibrated);
        if (folder.isPresent()) {
            Path file = ResultFiles.beside(folder.get(), stack.image().getTitle(), ResultWriter.OBJECTS);
            ResultWriter.writeCsv(file, table);
        }
        String objects = table.summary("object", "objects");
        String lengths = borrowed ? " Lengths are those of " + calibrated.getTitle() + "." : "";
        ObjectResults.tell(
                objects + " in " + stack.image().getTitle() + "." + lengths + differing(stack.image(), image));
        return table;
    }

    private static MeasureTable measure(
            Settings settings, LabelStack stack, Optional<ImagePlus> image, ImagePlus calibrated) {
        boolean solid = stack.isStack() && !settings.get(Keys.PER_SLICE);
        CalibratedImage lengths = InputImages.wrapped(calibrated).channelsLast();
        List<Axis> axes = lengths.axes().subList(0, stack.isStack() ? 3 : 2);
        double[] spacing = Lengths.inUnitOfFirst(axes);
        double[] origin = Arrays.copyOf(MeasuredStacks.origin(calibrated), spacing.length);
        return MeasureTable.of(new MeasuredImage(
                image.orElse(stack.image()).getTitle(),
                stack.labels(),
                solid ? 3 : 2,
                stack.slices(),
                image.map(MeasuredStacks::values).map(ObjectTable::channels),
                new PixelGrid(spacing, origin, axes.get(0).unit()),
                stack.classes()::className));
    }

    private static void requireSameSize(ImagePlus labels, ImagePlus image) {
        String ours = size(labels);
        String theirs = size(image);
        if (!ours.equals(theirs)) {
            throw new IllegalArgumentException(
                    "The labels '" + labels.getTitle() + "' have " + ours + ", but the image '" + image.getTitle()
                            + "' has " + theirs + ". Give the image that the labels belong to.");
        }
    }

    private static String size(ImagePlus image) {
        return image.getWidth() + " x " + image.getHeight() + " pixels, " + image.getNSlices() + " slices and "
                + image.getNFrames() + " frames";
    }

    private static String differing(ImagePlus labels, Optional<ImagePlus> image) {
        Calibration ours = labels.getCalibration();
        boolean differ = image.map(ImagePlus::getCalibration)
                .filter(theirs -> ours.scaled() && theirs.scaled())
                .filter(theirs -> theirs.pixelWidth != ours.pixelWidth || theirs.pixelHeight != ours.pixelHeight)
                .isPresent();
        return differ ? " The pixels of the image have another size: lengths are those of the labels." : "";
    }
}
