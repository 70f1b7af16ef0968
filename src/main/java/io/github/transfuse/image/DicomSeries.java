package io.github.transfuse.image;

import io.github.transfuse.dicom.DicomFile;
import io.github.transfuse.dicom.DicomTag;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Reads DICOM: one file of one or many frames, or the slices of one series in a folder, sorted by their position along the
 * normal of their planes. The distance of slices is that of their positions.
 */
final class DicomSeries {
    private static final int PREAMBLE = 132;
    private static final double SAME = 0.01;

    private DicomSeries() {}

    static boolean isDicom(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] beginning = in.readNBytes(PREAMBLE);
            return DicomFile.isMarked(beginning) || DicomFile.isBare(beginning);
        }
    }

    /** The DICOM files of a folder, by name; none if there are none. An index of a disk is none of them. */
    static List<Path> files(Path folder) throws IOException {
        List<Path> found = new ArrayList<>();
        try (Stream<Path> all = Files.list(folder)) {
            for (Path file : all.filter(Files::isRegularFile).sorted().toList()) {
                String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
                // A slice that is damaged from its beginning on is refused by name, not left out of the volume
                boolean named = name.matches(".*\\.(dcm|dicom|ima)");
                boolean candidate = name.matches(".*\\.\\d+") || !name.contains(".");
                if (!name.startsWith(".") && !name.equals("dicomdir") && (named || (candidate && isDicom(file)))) {
                    found.add(file);
                }
            }
        }
        return found;
    }

    static CalibratedImage readFile(Path file, boolean labels) throws IOException {
        if (labels && DicomMask.is(file)) {
            return DicomMask.read(file);
        }
        List<DicomSlice> frames = DicomReader.read(file, labels);
        String name = file.getFileName().toString();
        return frames.size() == 1
                ? new DicomVolume(file, frames).plane(name)
                : new DicomFrames(file, frames).image(name);
    }

    static CalibratedImage readFolder(Path folder, boolean labels) throws IOException {
        List<Path> files = files(folder);
        if (files.isEmpty()) {
            throw new UnsupportedImageException(
                    folder,
                    "this is a folder without a DICOM series, not an image",
                    "Give a file, or a folder with a pattern such as FOLDER/*.tif.");
        }
        if (files.size() == 1) {
            return readFile(files.get(0), labels);
        }
        List<DicomSlice> slices = new ArrayList<>();
        for (Path file : files) {
            slices.add(slice(file, labels));
        }
        requireOneSeries(folder, slices);
        slices.sort(Comparator.comparingDouble(DicomSlice::at));
        return new DicomVolume(folder, slices).image(folder.getFileName().toString());
    }

    private static DicomSlice slice(Path file, boolean labels) throws IOException {
        List<DicomSlice> frames = DicomReader.read(file, labels);
        if (frames.size() > 1) {
            throw new UnsupportedImageException(
                    file, "this file of a series holds " + frames.size() + " frames", "Give the file alone.");
        }
        DicomSlice slice = frames.get(0);
        if (slice.place().isEmpty()) {
            throw new UnsupportedImageException(
                    file,
                    "the slice does not say where it lies (position is '"
                            + slice.data().text(DicomTag.POSITION) + "', orientation '"
                            + slice.data().text(DicomTag.ORIENTATION) + "')",
                    "Move files that are no slices of the series to another folder, or give single pictures by a pattern such"
                            + " as FOLDER/*.dcm.");
        }
        return slice;
    }

    private static void requireOneSeries(Path folder, List<DicomSlice> slices) throws UnsupportedImageException {
        // What a folder should not hold at all is said before slices that may be of that
        requireOne(folder, slices, DicomTag.PATIENT, "patients");
        requireOne(folder, slices, DicomTag.STUDY, "studies");
        requireOne(folder, slices, DicomTag.SERIES, "DICOM series");
        DicomSlice first = slices.get(0);
        for (DicomSlice slice : slices) {
            if (!slice.fits(first, SAME)) {
                throw new UnsupportedImageException(
                        slice.file(),
                        "the slice has another size, type or direction than "
                                + first.file().getFileName(),
                        "Move it to another folder.");
            }
        }
    }

    /** Nothing of a patient is told. */
    private static void requireOne(Path folder, List<DicomSlice> slices, int tag, String what)
            throws UnsupportedImageException {
        long count =
                slices.stream().map(slice -> slice.data().text(tag)).distinct().count();
        if (count > 1) {
            throw new UnsupportedImageException(
                    folder, "the folder holds " + count + " " + what, "Put each into a folder of its own.");
        }
    }
}
