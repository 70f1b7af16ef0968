package io.github.transfuse.batch;

import com.google.gson.JsonObject;
import io.github.transfuse.Segmentation;
import io.github.transfuse.files.StagedFiles;
import io.github.transfuse.image.CalibratedImage;
import io.github.transfuse.image.ResultFiles;
import io.github.transfuse.image.RoiShapes;
import io.github.transfuse.image.UnwritableOutputException;
import io.github.transfuse.measure.MeasureTable;
import io.github.transfuse.settings.Keys;
import io.github.transfuse.settings.LastNames;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Writes the results of an image into a folder, with their provenance within and beside them. */
public final class ResultWriter {
    /** Key of the provenance among the properties of an image. */
    public static final String PROPERTY = "TransFuse";

    /** What follows the stem in the name of the file that says how a result came about. */
    static final String PROVENANCE = "-labels.json";

    /** What follows the stem in the name of a table of measurements. */
    public static final String OBJECTS = "-objects.csv";

    private final Path folder;

    /**
     * Checks the folder, before any work starts.
     *
     * @param folder made if missing
     * @throws UnwritableOutputException if nothing can be written there
     */
    public ResultWriter(Path folder) throws UnwritableOutputException {
        this.folder = folder;
        ResultFiles.requireWritable(folder);
        try {
            StagedFiles.sweep(folder);
        } catch (IOException e) {
            throw UnwritableOutputException.of(folder, e);
        }
    }

    /**
     * Writes {@code <stem>-labels.tif} and {@code <stem>-labels.json} and, if the settings ask for them, {@code
     * <stem>-probabilities.tif}, {@code <stem>-overlay.png}, {@code <stem>-objects.csv} and {@code <stem>-rois.zip}: all of them or, if one cannot be
     * written, none, and those of an earlier run stay. Of volumes whose file says where they lie, {@code .nii.gz} or {@code
     * .nrrd} takes the place of {@code .tif}.
     *
     * @param input what the image is called in the provenance, such as its path
     * @param image the segmented image; its name is a file name or title
     * @return the written files, the labels first
     * @throws UnwritableOutputException naming the one that cannot be written
     */
    public List<Path> write(String input, CalibratedImage image, Segmentation result) throws IOException {
        try (StagedFiles staged = stage()) {
            List<Path> written = new ArrayList<>();
            write(provenance(input, result), image, result, name -> {
                written.add(folder.resolve(name));
                return staged.file(name);
            });
            publish(staged);
            Collections.rotate(written, 1); // the labels were written last
            return List.copyOf(written);
        }
    }

    private StagedFiles stage() throws UnwritableOutputException {
        try {
            return StagedFiles.in(folder);
        } catch (IOException e) {
            throw UnwritableOutputException.of(folder, e);
        }
    }

    private void publish(StagedFiles staged) throws UnwritableOutputException {
        try {
            staged.publish();
        } catch (IOException e) {
            throw UnwritableOutputException.of(folder, e);
        }
    }

    /** Where a file is written for now. */
    @FunctionalInterface
    private interface Place {
        Path of(String name);
    }

    /** The labels come last: whoever sees new labels finds all that belongs to them. */
    private static void write(JsonObject provenance, CalibratedImage image, Segmentation result, Place place)
            throws IOException {
        String stem = ResultFiles.stem(image.name());
        Map<String, String> properties = Map.of(PROPERTY, provenance.toString());
        String extension = image.placement().map(to -> to.format().extension()).orElse(".tif");
        Optional<CalibratedImage> probabilities = result.probabilityImage(stem + "-probabilities");
        if (probabilities.isPresent()) {
            Path file = place.of(probabilities.get().name() + extension);
            if (image.placement().isPresent()) {
                ResultFiles.writeVolume(
                        file, probabilities.get(), image.placement().get());
            } else {
                ResultFiles.writeTiff(file, probabilities.get(), properties);
            }
        }
        if (result.provenance().settings().get(Keys.OVERLAY)) {
            ResultFiles.writePng(place.of(stem + "-overlay.png"), OverlayPicture.of(image, result));
        }
        if (result.provenance().settings().get(Keys.TABLE)) {
            writeCsv(place.of(stem + OBJECTS), ObjectTable.of(image, result));
        }
        if (result.provenance().settings().get(Keys.ROIS)) {
            ObjectOutlines outlines = ObjectOutlines.of(result);
            RoiShapes.writeZip(place.of(stem + "-rois.zip"), outlines.all(), outlines.slices(), outlines.frames());
        }
        ResultFiles.writeJson(place.of(stem + PROVENANCE), provenance);
        CalibratedImage labels = result.labelImage(stem + "-labels");
        Path file = place.of(labels.name() + extension);
        if (image.placement().isPresent()) {
            ResultFiles.writeVolumeLabels(file, labels, image.placement().get());
        } else {
            ResultFiles.writeLabels(file, labels, result.colors(), properties);
        }
    }

    /**
     * Writes a table as comma-separated values, in UTF-8.
     *
     * @throws UnwritableOutputException if it cannot be written
     */
    public static void writeCsv(Path file, MeasureTable table) throws UnwritableOutputException {
        ResultFiles.write(file, out -> {
            Writer csv = new OutputStreamWriter(out, StandardCharsets.UTF_8);
            table.writeCsv(csv);
            csv.flush();
        });
    }

    /**
     * The provenance of the result of an image.
     *
     * @param input what the image is called
     */
    public static JsonObject provenance(String input, Segmentation result) {
        JsonObject json = result.provenance().json();
        boolean whole = result.provenance().settings().get(Keys.KEEP_PATHS);
        json.addProperty("input", whole ? input : LastNames.of(input));
        result.objects().ifPresent(count -> json.addProperty(LabelClasses.OBJECTS, count));
        json.add(LabelClasses.CLASSES, LabelClasses.of(result).json());
        return json;
    }
}
