package io.github.transfuse;

import com.google.gson.JsonObject;
import io.github.transfuse.image.CalibratedImage;
import io.github.transfuse.image.Placement;
import io.github.transfuse.image.ResultFiles;
import io.github.transfuse.image.UnwritableOutputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Writes the results of an image into a folder, with their provenance within and beside them. */
public final class ResultWriter {
    /** Key of the provenance among the properties of an image. */
    public static final String PROPERTY = "TransFuse";

    /** What follows the stem in the name of the file that says how a result came about. */
    static final String PROVENANCE = "-labels.json";

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
     * <stem>-probabilities.tif}, {@code <stem>-overlay.png} and {@code <stem>-objects.csv}: all of them or, if one cannot be written, none. Of volumes
     * whose file says where they lie, {@code .nii.gz} or {@code .nrrd} takes the place of {@code .tif}.
     *
     * @param input what the image is called in the provenance, such as its path
     * @param image the segmented image; its name is a file name or title
     * @return the written files, the labels first
     * @throws IOException if one cannot be written
     */
    public List<Path> write(String input, CalibratedImage image, Segmentation result) throws IOException {
        List<Path> written = new ArrayList<>();
        try {
            write(provenance(input, result), image, result, written);
            return List.copyOf(written);
        } catch (IOException | RuntimeException | OutOfMemoryError e) {
            for (Path file : written) {
                Files.deleteIfExists(file);
            }
            throw e;
        }
    }

    private void write(JsonObject provenance, CalibratedImage image, Segmentation result, List<Path> written)
            throws IOException {
        String stem = ResultFiles.stem(image.name());
        CalibratedImage labels = result.labelImage(stem + "-labels");
        Optional<CalibratedImage> probabilities = result.probabilityImage(stem + "-probabilities");
        if (image.placement().isPresent()) {
            Placement placement = image.placement().get();
            String extension = placement.format().extension();
            ResultFiles.writeVolumeLabels(next(written, labels.name() + extension), labels, placement);
            if (probabilities.isPresent()) {
                Path file = next(written, probabilities.get().name() + extension);
                ResultFiles.writeVolume(file, probabilities.get(), placement);
            }
        } else {
            Map<String, String> properties = Map.of(PROPERTY, provenance.toString());
            ResultFiles.writeLabels(next(written, labels.name() + ".tif"), labels, result.colors(), properties);
            if (probabilities.isPresent()) {
                ResultFiles.writeTiff(
                        next(written, probabilities.get().name() + ".tif"), probabilities.get(), properties);
            }
        }
        if (result.provenance().settings().flag("overlay")) {
            ResultFiles.writePng(next(written, stem + "-overlay.png"), OverlayPicture.of(image, result));
        }
        if (result.provenance().settings().flag("table")) {
            String csv = ObjectTable.of(result).csv();
            ResultFiles.writeText(next(written, stem + "-objects.csv"), csv);
        }
        ResultFiles.writeJson(next(written, stem + PROVENANCE), provenance);
    }

    private Path next(List<Path> written, String name) {
        Path file = folder.resolve(name);
        written.add(file);
        return file;
    }

    /**
     * The provenance of the result of an image.
     *
     * @param input what the image is called
     */
    public static JsonObject provenance(String input, Segmentation result) {
        JsonObject json = result.provenance().json();
        json.addProperty("input", input);
        result.objects().ifPresent(count -> json.addProperty("objects", count));
        return json;
    }
}
