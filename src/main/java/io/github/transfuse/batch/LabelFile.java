package io.github.transfuse.batch;

import com.google.gson.JsonObject;
import io.github.transfuse.Segmentation;
import io.github.transfuse.files.StagedFiles;
import io.github.transfuse.image.Axis;
import io.github.transfuse.image.CalibratedImage;
import io.github.transfuse.image.OmeZarrWriter;
import io.github.transfuse.image.ResultFiles;
import io.github.transfuse.image.UnsupportedImageException;
import io.github.transfuse.model.OutputSpec;
import io.github.transfuse.settings.Keys;
import io.github.transfuse.settings.Settings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The file of labels, of the kind that {@code label_format} asks for; a folder if that is OME-Zarr. */
enum LabelFile {
    /** TIFF; of a volume whose file says where it lies, NIfTI or NRRD. */
    AUTO(".tif"),
    /** As ImageJ writes it. */
    TIFF(".tif"),
    /** One plane of up to 65,535 labels. */
    PNG(".png"),
    /** TIFF with OME-XML. */
    OME_TIFF(".ome.tif"),
    /** A folder. */
    OME_ZARR(".ome.zarr"),
    /** A segmentation of a scan in DICOM. */
    DICOM_SEG(".dcm");

    private final String extension;

    LabelFile(String extension) {
        this.extension = extension;
    }

    static LabelFile of(Settings settings) {
        return settings.get(Keys.LABEL_FORMAT)
                .map(name -> valueOf(name.toUpperCase(Locale.ROOT).replace('-', '_')))
                .orElse(AUTO);
    }

    /** As {@link ResultWriter#requireFitting}. */
    void requireFitting(CalibratedImage image) throws UnsupportedImageException {
        if (this == PNG && (image.size(Axis.Kind.Z) > 1 || image.size(Axis.Kind.TIME) > 1)) {
            throw new UnsupportedImageException(
                    image.name(),
                    "label_format=png is for planes, but it has slices or times",
                    "Use label_format=tiff.");
        }
        if (this == DICOM_SEG && !ResultFiles.holdsSegments(image)) {
            throw new UnsupportedImageException(
                    image.name(),
                    "label_format=dicom-seg is for scans in DICOM whose slices say where they lie",
                    "Use label_format=auto.");
        }
    }

    /** The name of the file, or folder, for an image. */
    String name(String stem, CalibratedImage image) {
        return stem + "-labels" + placedExtension(image).orElse(extension);
    }

    /** What the names that it may have end with. */
    List<String> extensions() {
        return this == AUTO ? List.of(extension, ".nii.gz", ".nrrd", ".mha") : List.of(extension);
    }

    private Optional<String> placedExtension(CalibratedImage image) {
        return this == AUTO ? image.placement().map(to -> to.format().extension()) : Optional.empty();
    }

    /**
     * Writes it.
     *
     * @param place where the file, or folder, shall be in the end
     */
    void write(StagedFiles staged, Path place, CalibratedImage image, Segmentation result, JsonObject provenance)
            throws IOException {
        String name = place.getFileName().toString();
        CalibratedImage labels = result.labelImage(ResultFiles.stem(name));
        Map<String, String> properties = Map.of(ResultWriter.PROPERTY, provenance.toString());
        if (this == OME_ZARR) {
            JsonObject attributes = new JsonObject();
            attributes.add(ResultWriter.PROPERTY, provenance);
            OmeZarrWriter.writeLabels(staged, place, labels, colors(result), attributes);
            return;
        }
        Path file = staged.file(name);
        if (placedExtension(image).isPresent()) {
            ResultFiles.writeVolumeLabels(file, labels, image.placement().orElseThrow());
        } else if (this == DICOM_SEG) {
            ResultFiles.writeSegments(
                    file, labels, image.placement().orElseThrow(), LabelClasses.of(result)::segmentName);
        } else if (this == PNG) {
            ResultFiles.writeLabelPng(file, labels);
        } else if (this == OME_TIFF) {
            ResultFiles.writeOmeTiff(file, labels, properties);
        } else {
            ResultFiles.writeLabels(file, labels, result.colors(), properties);
        }
    }

    /** Those of the classes; viewers choose the colours of objects. */
    private static int[] colors(Segmentation result) {
        int classes = result.provenance().model().spec().output().classes().size();
        return result.kind() == OutputSpec.Kind.CLASSES
                ? Arrays.copyOf(result.colors(), Math.min(result.colors().length, classes + 1))
                : new int[0];
    }
}
