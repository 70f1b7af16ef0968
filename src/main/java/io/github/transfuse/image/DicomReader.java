package io.github.transfuse.image;

import io.github.transfuse.dicom.DicomData;
import io.github.transfuse.dicom.DicomFile;
import io.github.transfuse.dicom.DicomTag;
import io.github.transfuse.dicom.Frames;
import io.github.transfuse.dicom.PixelForm;
import io.github.transfuse.dicom.UnknownDicomException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the frames of one DICOM file. Values are those after rescaling, such as Hounsfield units. */
final class DicomReader {
    private static final String SLIDE = "1.2.840.10008.5.1.4.1.1.77.1.6";
    private static final String LABELS = "1.2.840.10008.5.1.4.1.1.66.7";
    private static final String CONTOURS = "1.2.840.10008.5.1.4.1.1.481.3";
    private static final String EXPORT = "Export it uncompressed (Explicit VR Little Endian), or convert it to NIfTI.";

    private final Path file;
    private final boolean labels;

    private DicomReader(Path file, boolean labels) {
        this.file = file;
        this.labels = labels;
    }

    /** All frames, in the order of the file. */
    static List<DicomSlice> read(Path file, boolean labels) throws IOException {
        try (DicomFile dicom = DicomFile.open(file)) {
            return new DicomReader(file, labels).read(dicom);
        } catch (UnsupportedImageException e) {
            throw e;
        } catch (UnknownDicomException e) {
            throw new UnsupportedImageException(file, e.getMessage() + ", which is not read", EXPORT, e);
        } catch (IOException | RuntimeException e) {
            throw ImageFiles.damaged(file, e);
        }
    }

    private List<DicomSlice> read(DicomFile dicom) throws IOException {
        if (!dicom.hasPixels()) {
            boolean contours = dicom.kind().equals(CONTOURS);
            throw new UnsupportedImageException(
                    file,
                    contours ? "this DICOM file holds contours (RTSTRUCT), no image" : "this DICOM file holds no image",
                    contours
                            ? "Give the files of the scan itself; as masks convert it to NIfTI, or to a segmentation in"
                                    + " DICOM, for instance in 3D Slicer."
                            : "Give the files of the scan itself.");
        }
        requireImage(dicom);
        DicomData data = dicom.data();
        PlaneLimit.check(file, data.whole(DicomTag.COLUMNS, 0), data.whole(DicomTag.ROWS, 0));
        Frames frames = dicom.frames();
        List<DicomSlice> slices = new ArrayList<>();
        for (int i = 0; i < frames.form().frames(); i++) {
            slices.add(slice(data, frames, i));
        }
        return slices;
    }

    private void requireImage(DicomFile dicom) throws UnsupportedImageException {
        if (dicom.kind().equals(DicomMask.KIND) || dicom.kind().equals(LABELS)) {
            throw new UnsupportedImageException(
                    file,
                    "this is a segmentation in DICOM, not an image",
                    dicom.kind().equals(LABELS)
                            ? "Give the files of the scan itself; as masks convert it to NIfTI or NRRD, for instance in 3D Slicer."
                            : "Give the files of the scan itself; it can be a mask for training and evaluating.");
        }
        if (dicom.kind().equals(SLIDE) && dicom.data().has(DicomTag.MATRIX_COLUMNS)) {
            throw new UnsupportedImageException(
                    file, "this is a part of a whole slide, in tiles", "Open the slide in QuPath.");
        }
    }

    private DicomSlice slice(DicomData data, Frames frames, int index) throws IOException {
        PixelForm form = frames.form();
        DicomColors colors = new DicomColors(data, form, labels);
        Object[] planes = planes(colors, frames, index);
        DicomData values = DicomPlace.group(data, index, DicomTag.VALUES);
        double slope = values.decimal(DicomTag.SLOPE)
                .or(() -> data.decimal(DicomTag.DOSE_SCALE))
                .orElse(1.0);
        double intercept = values.decimal(DicomTag.INTERCEPT).orElse(0.0);
        if (slope == 0 || !data.items(DicomTag.MODALITY_TABLES).isEmpty()) {
            throw new UnknownDicomException(
                    slope == 0 ? "its values are multiplied by 0" : "its values are looked up in a table");
        }
        boolean rgb = planes.length == 3;
        DicomPixels pixels = new DicomPixels(
                form.columns(), form.rows(), planes, form.signed(), rgb ? 1 : slope, rgb ? 0 : intercept);
        if (colors.isInverted()) {
            boolean bits = form.stored() == 1 && !labels;
            pixels = pixels.inverted(form.lowest(), bits ? 255 : form.highest());
        }
        return new DicomSlice(file, data, pixels, spacing(data, index), DicomPlace.of(data, index));
    }

    private Object[] planes(DicomColors colors, Frames frames, int index) throws IOException {
        PixelForm form = frames.form();
        String photometric = form.photometric();
        if (frames.areJpeg()) {
            String decoded = form.samples() == 3 ? "RGB" : photometric;
            return colors.planes(decoded, DicomJpeg.decode(form, frames.stream(index)));
        }
        if (frames.areJpeg2000()) {
            // These two are transforms within the stream, which its decoder turns back
            String decoded = photometric.matches("YBR_(RCT|ICT)") ? "RGB" : photometric;
            return colors.planes(decoded, DicomJpeg2000.decode(file, form, frames.stream(index)));
        }
        return colors.planes(photometric, frames.samples(index));
    }

    /** Across, down, and from slice to slice. */
    private static double[] spacing(DicomData data, int frame) {
        DicomData measures = DicomPlace.group(data, frame, DicomTag.MEASURES);
        double[] plane = measures.decimals(DicomTag.SPACING);
        double[] detector = data.decimals(DicomTag.DETECTOR_SPACING);
        double[] both = plane.length == 2 ? plane : detector.length == 2 ? detector : new double[2];
        Optional<Double> depth =
                measures.decimal(DicomTag.SLICE_SPACING).or(() -> measures.decimal(DicomTag.SLICE_THICKNESS));
        return new double[] {length(both[1]), length(both[0]), length(depth.orElse(0.0))};
    }

    /** Some programs write spacings with a sign. */
    private static double length(double value) {
        return Double.isFinite(value) ? Math.abs(value) : 0;
    }
}
