package io.github.transfuse.image;

import io.github.transfuse.dicom.DicomFile;
import io.github.transfuse.dicom.DicomTag;
import io.github.transfuse.files.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Whose scan a file or folder in DICOM is, without saying it: two scans of one patient have the same key. */
public final class DicomPatient {
    private DicomPatient() {}

    /**
     * The key of a patient, from which nobody can tell the patient's number.
     *
     * @param scan file or folder of any kind
     * @return empty if it is not DICOM, or does not number the patient
     * @throws IOException if it cannot be read
     */
    public static Optional<String> key(Path scan) throws IOException {
        Optional<Path> slice = slice(scan);
        if (slice.isEmpty()) {
            return Optional.empty();
        }
        try (DicomFile dicom = DicomFile.open(slice.get())) {
            String number = dicom.data().text(DicomTag.PATIENT).strip();
            return number.isEmpty() ? Optional.empty() : Optional.of(Sha256.of(number));
        } catch (IOException | RuntimeException e) {
            // a damaged one is refused where its pixels are read
            return Optional.empty();
        }
    }

    private static Optional<Path> slice(Path scan) throws IOException {
        if (Files.isDirectory(scan)) {
            List<Path> files = DicomSeries.files(scan);
            return files.stream().findFirst();
        }
        return Files.isRegularFile(scan) && DicomSeries.isDicom(scan) ? Optional.of(scan) : Optional.empty();
    }
}
