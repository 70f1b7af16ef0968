package io.github.transfuse.image;

import ij.ImagePlus;
import ij.ImageStack;
import ij.measure.Calibration;
import ij.plugin.DICOM;
import ij.util.DicomTools;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.RealType;

/**
 * Reads DICOM with ImageJ's decoder: one file, or the slices of one series in a folder, sorted by their position along
 * the normal of their planes. The distance of slices is that of their positions. Values are those after rescaling, such
 * as Hounsfield units.
 */
final class DicomSeries {
    private static final int PREAMBLE = 128;
    private static final double SAME = 0.01;
    private static final String SERIES = "0020,000E";
    private static final String POSITION = "0020,0032";
    private static final String ORIENTATION = "0020,0037";

    private DicomSeries() {}

    /**
     * A slice.
     *
     * @param at position along the normal, in millimetres
     */
    private record Slice(Path file, ImagePlus image, double[] origin, double[] orientation, double at) {}

    static boolean isDicom(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] beginning = in.readNBytes(PREAMBLE + 4);
            return beginning.length == PREAMBLE + 4
                    && new String(beginning, PREAMBLE, 4, java.nio.charset.StandardCharsets.US_ASCII).equals("DICM");
        }
    }

    /** The DICOM files of a folder, by name; none if there are none. */
    static List<Path> files(Path folder) throws IOException {
        List<Path> found = new ArrayList<>();
        try (Stream<Path> all = Files.list(folder)) {
            for (Path file : all.filter(Files::isRegularFile).sorted().toList()) {
                String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
                boolean candidate = name.endsWith(".dcm") || !name.contains(".") || name.matches(".*\\.\\d+");
                if (candidate && !name.startsWith(".") && isDicom(file)) {
                    found.add(file);
                }
            }
        }
        return found;
    }

    static CalibratedImage readFile(Path file) throws IOException {
        ImagePlus image = open(file);
        CalibratedImage read = rescaled(ImagePlusImages.wrap(image), image.getCalibration());
        return new CalibratedImage(file.getFileName().toString(), read.pixels(), read.axes(), read.rgb(), read.notes());
    }

    static CalibratedImage readFolder(Path folder) throws IOException {
        List<Path> files = files(folder);
        if (files.isEmpty()) {
            throw new UnsupportedImageException(
                    folder,
                    "this is a folder without a DICOM series, not an image",
                    "Give a file, or a folder with a pattern such as FOLDER/*.tif.");
        }
        if (files.size() == 1) {
            return readFile(files.get(0));
        }
        List<Slice> slices = new ArrayList<>();
        for (Path file : files) {
            slices.add(slice(file));
        }
        requireOneSeries(folder, slices);
        slices.sort(Comparator.comparingDouble(Slice::at));
        return volume(folder, slices);
    }

    private static ImagePlus open(Path file) throws IOException {
        try {
            DicomFile.check(file);
        } catch (UnsupportedImageException e) {
            throw e;
        } catch (IOException e) {
            throw ImageFiles.damaged(file, e);
        }
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            DICOM dicom = new DICOM(in);
            dicom.run(file.getFileName().toString());
            if (dicom.getWidth() == 0 || dicom.getProcessor() == null) {
                throw unreadable(file, null);
            }
            return dicom;
        } catch (RuntimeException e) {
            throw unreadable(file, e);
        }
    }

    private static UnsupportedImageException unreadable(Path file, Exception cause) {
        return new UnsupportedImageException(
                file,
                "ImageJ cannot read this DICOM file (damaged, or compressed)",
                "Export it uncompressed (Explicit VR Little Endian), or convert the series to NIfTI.",
                cause);
    }

    private static Slice slice(Path file) throws IOException {
        ImagePlus image = open(file);
        double[] origin = numbers(file, image, POSITION, 3);
        double[] orientation = numbers(file, image, ORIENTATION, 6);
        double[] normal = Affine.cross(Arrays.copyOfRange(orientation, 0, 3), Arrays.copyOfRange(orientation, 3, 6));
        return new Slice(file, image, origin, orientation, Affine.dot(origin, normal));
    }

    private static double[] numbers(Path file, ImagePlus image, String tag, int count)
            throws UnsupportedImageException {
        String text = Optional.ofNullable(DicomTools.getTag(image, tag)).orElse("");
        try {
            double[] numbers = Arrays.stream(text.strip().split("\\\\"))
                    .mapToDouble(number -> Double.parseDouble(number.strip()))
                    .toArray();
            if (numbers.length == count) {
                return numbers;
            }
        } catch (NumberFormatException e) {
            throw notPlaced(file, tag, text);
        }
        throw notPlaced(file, tag, text);
    }

    private static UnsupportedImageException notPlaced(Path file, String tag, String text) {
        return new UnsupportedImageException(
                file,
                "the slice does not say where it lies (tag " + tag + " is '" + text + "')",
                "Move files that are no slices of the series to another folder, or convert it to NIfTI.");
    }

    private static void requireOneSeries(Path folder, List<Slice> slices) throws UnsupportedImageException {
        Slice first = slices.get(0);
        Set<String> series = new HashSet<>();
        for (Slice slice : slices) {
            series.add(String.valueOf(DicomTools.getTag(slice.image, SERIES)).strip());
            boolean same = slice.image.getWidth() == first.image.getWidth()
                    && slice.image.getHeight() == first.image.getHeight()
                    && slice.image.getBitDepth() == first.image.getBitDepth()
                    && slice.image.getStackSize() == 1;
            for (int i = 0; i < slice.orientation.length; i++) {
                same &= Math.abs(slice.orientation[i] - first.orientation[i]) < SAME;
            }
            if (!same) {
                throw new UnsupportedImageException(
                        slice.file,
                        "the slice has another size, type or direction than " + first.file.getFileName(),
                        "Move it to another folder.");
            }
        }
        if (series.size() > 1) {
            throw new UnsupportedImageException(
                    folder,
                    "the folder holds " + series.size() + " DICOM series",
                    "Put each into a folder of its own.");
        }
    }

    private static CalibratedImage volume(Path folder, List<Slice> slices) throws IOException {
        ImagePlus first = slices.get(0).image;
        ImageStack stack = new ImageStack(first.getWidth(), first.getHeight());
        slices.forEach(slice -> stack.addSlice(slice.file.getFileName().toString(), slice.image.getProcessor()));
        ImagePlus volume = new ImagePlus(folder.getFileName().toString(), stack);
        Calibration calibration = first.getCalibration().copy();
        double distance = distance(folder, slices);
        calibration.pixelDepth = distance;
        volume.setCalibration(calibration);
        CalibratedImage read = rescaled(ImagePlusImages.wrap(volume), calibration);
        List<String> notes = new ArrayList<>(read.notes());
        if (!isEven(slices, distance)) {
            notes.add("The slices in " + folder + " are not at equal distances: one may be missing. " + distance
                    + " mm is used for all.");
        }
        Placement placement = placement(slices, calibration);
        if (placement.matrix().isSheared()) {
            notes.add(
                    "The slices in " + folder + " are shifted against each other (a tilted gantry): the affine is kept,"
                            + " and sizes are those along the axes.");
        }
        return new CalibratedImage(read.name(), read.pixels(), read.axes(), read.rgb(), notes)
                .withPlacement(Optional.of(placement));
    }

    /** The middle one of the distances of neighbours. */
    private static double distance(Path folder, List<Slice> slices) throws UnsupportedImageException {
        double[] steps = new double[slices.size() - 1];
        for (int i = 0; i < steps.length; i++) {
            steps[i] = slices.get(i + 1).at - slices.get(i).at;
            if (steps[i] < 1e-4) {
                throw new UnsupportedImageException(
                        folder,
                        slices.get(i).file.getFileName() + " and "
                                + slices.get(i + 1).file.getFileName() + " lie at the same place",
                        "Put each time point or phase into a folder of its own.");
            }
        }
        Arrays.sort(steps);
        return steps[steps.length / 2];
    }

    private static boolean isEven(List<Slice> slices, double distance) {
        for (int i = 1; i < slices.size(); i++) {
            if (Math.abs(slices.get(i).at - slices.get(i - 1).at - distance) > SAME * distance) {
                return false;
            }
        }
        return true;
    }

    private static Placement placement(List<Slice> slices, Calibration calibration) {
        double[] orientation = slices.get(0).orientation;
        double[] first = slices.get(0).origin;
        double[] last = slices.get(slices.size() - 1).origin;
        double[] i = new double[3];
        double[] j = new double[3];
        double[] k = new double[3];
        for (int d = 0; d < 3; d++) {
            i[d] = orientation[d] * calibration.pixelWidth;
            j[d] = orientation[d + 3] * calibration.pixelHeight;
            k[d] = (last[d] - first[d]) / (slices.size() - 1);
        }
        return Placement.of(
                Placement.Format.DICOM, Affine.ofColumns(i, j, k, first).turned(), new byte[0]);
    }

    /** ImageJ keeps what was stored, and how to rescale it. */
    private static CalibratedImage rescaled(CalibratedImage image, Calibration calibration) {
        double[] line = calibration.getCoefficients();
        boolean linear = calibration.getFunction() == Calibration.STRAIGHT_LINE && line != null && line.length == 2;
        if (!linear || calibration.isSigned16Bit() || (line[0] == 0 && line[1] == 1)) {
            return image;
        }
        RandomAccessibleInterval<? extends RealType<?>> values = LinearValues.of(image.pixels(), line[1], line[0]);
        return image.withPixels(values);
    }
}
