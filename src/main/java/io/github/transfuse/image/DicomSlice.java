package io.github.transfuse.image;

import io.github.transfuse.dicom.DicomData;
import io.github.transfuse.dicom.DicomTag;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A frame of a DICOM file.
 *
 * @param file for messages
 * @param data the elements of its file
 * @param pixels its samples
 * @param spacing of pixels across, down and of slices in mm; 0 where it is not known
 * @param place where it lies, if the file says so
 */
record DicomSlice(Path file, DicomData data, DicomPixels pixels, double[] spacing, Optional<DicomPlace> place) {
    /** Whether viewers show small values bright, though values have a meaning of their own. */
    boolean isShownInverted() {
        return data.text(DicomTag.PHOTOMETRIC).equals("MONOCHROME1") && DicomColors.isMeasured(data);
    }

    double at() {
        return place.orElseThrow().at();
    }

    /** Whether the other has as many pixels of the same kind and the same directions. */
    boolean fits(DicomSlice other, double tolerance) {
        boolean parallel = place.isEmpty() || place.get().isParallel(other.place.orElseThrow(), tolerance);
        return parallel && pixels.fits(other.pixels);
    }
}
