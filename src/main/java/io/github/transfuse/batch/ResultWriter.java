package io.github.transfuse.batch;

import com.google.gson.JsonObject;
import io.github.transfuse.Segmentation;
import io.github.transfuse.files.StagedFiles;
import io.github.transfuse.image.CalibratedImage;
import io.github.transfuse.image.ResultFiles;
import io.github.transfuse.image.RoiShapes;
import io.github.transfuse.image.UnsupportedImageException;
import io.github.transfuse.image.UnwritableOutputException;
import io.github.transfuse.measure.MeasureTable;
import io.github.transfuse.settings.Keys;
import io.github.transfuse.settings.LastNames;
import io.github.transfuse.settings.Settings;
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
    public static final String PROVENANCE = "-labels.json";

    /** What follows the stem in the name of a table of measurements. */
    public static final String OBJECTS = "-objects.csv";

    /** Key of the checksum of the image in the provenance. */
    static final String INPUT_SHA256 = "input_sha256";

    /** What follows the stem in the name of a picture of outlines. */
    static final String OVERLAY = "-overlay.png";

    /** What follows the stem in the name of a file of outlines. */
    static final String ROIS = "-rois.zip";

    static final String GEOJSON = "-objects.geojson";

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
    }

    /**
     * Writes {@code <stem>-labels.tif} and {@code <stem>-labels.json} and, if the settings ask for them, {@code
     * <stem>-probabilities.tif}, {@code <stem>-overlay.png}, {@code <stem>-objects.csv}, {@code <stem>-rois.zip} and {@code
     * <stem>-objects.geojson}: all of them or, if one cannot be written, none, and those of an earlier run stay. Of volumes
     * whose file says where they lie, {@code .nii.gz} or {@code .nrrd} takes the place of {@code .tif}; {@code label_format}
     * may ask for another file of labels.
     *
     * @param input what the image is called in the provenance, such as its path
     * @param image the segmented image; its name is a file name or title
     * @return the written files, the labels first
     * @throws UnwritableOutputException naming the one that cannot be written
     * @throws UnsupportedImageException if the file of labels cannot hold them
     */
    public List<Path> write(String input, CalibratedImage image, Segmentation result) throws IOException {
        return write(provenance(input, result), image, result);
    }

    /** As {@link #write(String, CalibratedImage, Segmentation)}, with the checksum of the image in the provenance. */
    List<Path> write(String input, Optional<String> sha256, CalibratedImage image, Segmentation result)
            throws IOException {
        JsonObject provenance = provenance(input, result);
        sha256.ifPresent(checksum -> provenance.addProperty(INPUT_SHA256, checksum));
        return write(provenance, image, result);
    }

    private List<Path> write(JsonObject provenance, CalibratedImage image, Segmentation result) throws IOException {
        try (StagedFiles staged = stage()) {
            List<Path> written = new ArrayList<>();
            writeParts(provenance, image, result, name -> {
                written.add(folder.resolve(name));
                return staged.file(name);
            });
            LabelFile labels = LabelFile.of(result.provenance().settings());
            labels.requireFitting(image);
            Path place = folder.resolve(labels.name(ResultNames.stem(image.name()), image));
            labels.write(staged, place, image, result, provenance);
            written.add(place);
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

    /**
     * Makes sure that the results of an image fit the files that the settings ask for, before any work starts.
     *
     * @throws UnsupportedImageException if they do not
     */
    public static void requireFitting(CalibratedImage image, Settings settings) throws UnsupportedImageException {
        LabelFile.of(settings).requireFitting(image);
    }

    /** All but the labels, which come last: whoever sees new labels finds all that belongs to them. */
    private static void writeParts(JsonObject provenance, CalibratedImage image, Segmentation result, Place place)
            throws IOException {
        Settings settings = result.provenance().settings();
        String stem = ResultNames.stem(image.name());
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
        if (settings.get(Keys.OVERLAY)) {
            ResultFiles.writePng(place.of(stem + OVERLAY), OverlayPicture.of(image, result));
        }
        if (settings.get(Keys.TABLE) || settings.get(Keys.GEOJSON)) {
            writeObjects(stem, ObjectTable.of(image, result), result, place);
        }
        if (settings.get(Keys.ROIS)) {
            ObjectOutlines outlines = ObjectOutlines.of(result);
            RoiShapes.writeZip(place.of(stem + ROIS), outlines.all(), outlines.slices(), outlines.frames());
        }
        ResultFiles.writeJson(place.of(stem + PROVENANCE), provenance);
    }

    private static void writeObjects(String stem, MeasureTable table, Segmentation result, Place place)
            throws IOException {
        if (result.provenance().settings().get(Keys.TABLE)) {
            writeCsv(place.of(stem + OBJECTS), table);
        }
        if (result.provenance().settings().get(Keys.GEOJSON)) {
            ResultFiles.write(place.of(stem + GEOJSON), out -> {
                Writer text = new OutputStreamWriter(out, StandardCharsets.UTF_8);
                GeoJson.write(result, table, text);
                text.flush();
            });
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
