package io.github.transfuse.image;

import io.github.transfuse.dicom.DicomData;
import io.github.transfuse.dicom.DicomFile;
import io.github.transfuse.dicom.DicomTag;
import io.github.transfuse.dicom.Frames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Segmentations in DICOM as labels: the value of a voxel is the number of its segment. Frames are single bits of one segment
 * in one plane; planes without a frame are background.
 */
public final class DicomMask {
    static final String KIND = "1.2.840.10008.5.1.4.1.1.66.4";
    private static final int MAX_SLICES = 10_000;

    /** Places that differ by less than this part of the distance of slices are those of one slice. */
    private static final double SAME = 0.1;

    private final Path file;
    private final DicomData data;
    private final Frames frames;
    private final List<Optional<DicomPlace>> places = new ArrayList<>();
    private double first;
    private double step = 1;
    private int count = 1;

    private DicomMask(Path file, DicomFile dicom) throws IOException {
        this.file = file;
        data = dicom.data();
        frames = dicom.frames();
    }

    /** Whether a file, or the only file of a folder, is a segmentation of this kind. */
    public static boolean is(Path path) throws IOException {
        Optional<Path> file = file(path);
        if (file.isEmpty()) {
            return false;
        }
        try (DicomFile dicom = DicomFile.open(file.get())) {
            return dicom.kind().equals(KIND);
        } catch (IOException | RuntimeException e) {
            // a damaged one is refused where it is read
            return false;
        }
    }

    private static Optional<Path> file(Path path) throws IOException {
        if (Files.isDirectory(path)) {
            List<Path> files = DicomSeries.files(path);
            return files.size() == 1 ? Optional.of(files.get(0)) : Optional.empty();
        }
        return Files.isRegularFile(path) && DicomSeries.isDicom(path) ? Optional.of(path) : Optional.empty();
    }

    /** The name of the series that was segmented, where the file says it. */
    static Optional<String> series(Path path) throws IOException {
        try (DicomFile dicom = DicomFile.open(file(path).orElse(path))) {
            return dicom.data().items(DicomTag.REFERENCED_SERIES).stream()
                    .map(item -> item.text(DicomTag.SERIES))
                    .filter(name -> !name.isEmpty())
                    .findFirst();
        }
    }

    /**
     * Names of segments.
     *
     * @return by their numbers
     * @throws IOException if the file cannot be read
     */
    static Map<Integer, String> names(Path path) throws IOException {
        Map<Integer, String> names = new TreeMap<>();
        try (DicomFile dicom = DicomFile.open(file(path).orElse(path))) {
            for (DicomData segment : dicom.data().items(DicomTag.SEGMENTS)) {
                names.put(segment.whole(DicomTag.SEGMENT_NUMBER, 0), segment.text(DicomTag.SEGMENT_LABEL));
            }
        }
        return names;
    }

    /**
     * The labels on the grid of the image that they belong to: a segmentation ends where its segments do.
     *
     * @param labels of the file
     * @param mask file of the labels; others than segmentations in DICOM are left as they are
     * @param image to which they belong
     * @throws UnsupportedImageException if they are those of another series, or lie elsewhere
     * @throws IOException if a file cannot be read
     */
    public static CalibratedImage over(CalibratedImage labels, Path mask, CalibratedImage image) throws IOException {
        if (!is(mask)) {
            return labels;
        }
        Optional<Placement> there = image.placement();
        if (there.filter(place -> place.format() == Placement.Format.DICOM).isPresent()) {
            String scan = DicomSource.of(there.get()).data().text(DicomTag.SERIES);
            if (series(mask).filter(name -> !name.equals(scan)).isPresent()) {
                throw new UnsupportedImageException(
                        mask,
                        "this segmentation refers to another series than that of " + image.name(),
                        "Give it the name of its own scan.");
            }
        }
        return there.isPresent() && labels.placement().isPresent()
                ? new MaskGrid(mask, labels, image).filled()
                : labels;
    }

    /** Reads the labels. */
    static CalibratedImage read(Path file) throws IOException {
        try (DicomFile dicom = DicomFile.open(file)) {
            return new DicomMask(file, dicom).read();
        } catch (UnsupportedImageException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            throw ImageFiles.damaged(file, e);
        }
    }

    private UnsupportedImageException refused(String what) {
        return new UnsupportedImageException(file, what, "Convert it to NIfTI or NRRD, for instance in 3D Slicer.");
    }

    private CalibratedImage read() throws IOException {
        String type = data.text(DicomTag.SEGMENTATION_TYPE).toUpperCase(Locale.ROOT);
        if (!type.isEmpty() && !type.equals("BINARY")) {
            throw refused(
                    "this segmentation holds shares of segments (" + type.toLowerCase(Locale.ROOT) + "), not labels");
        }
        if (data.has(DicomTag.MATRIX_COLUMNS)) {
            throw refused("this is a segmentation of a whole slide, in tiles");
        }
        PlaneLimit.check(file, frames.form().columns(), frames.form().rows());
        places();
        boolean wide = names(file).keySet().stream().anyMatch(number -> number > 255);
        Object empty = plane(wide);
        List<Object> planes = new ArrayList<>(Collections.nCopies(count, empty));
        for (int i = 0; i < frames.form().frames(); i++) {
            int z = places.get(i).map(this::slice).orElse(0);
            if (planes.get(z) == empty) {
                planes.set(z, plane(wide));
            }
            paint(planes.get(z), i);
        }
        return image(planes);
    }

    private Object plane(boolean wide) {
        int pixels = frames.form().pixels();
        return wide ? new short[pixels] : new byte[pixels];
    }

    private int slice(DicomPlace place) {
        return (int) Math.round((place.at() - first) / step);
    }

    /** Slices reach from the lowest frame to the highest, as far apart as the file says, or as the nearest are. */
    private void places() throws IOException {
        for (int i = 0; i < frames.form().frames(); i++) {
            places.add(DicomPlace.of(data, i));
        }
        if (places.stream().allMatch(Optional::isEmpty)) {
            return;
        }
        if (places.stream().anyMatch(Optional::isEmpty)) {
            throw refused("some frames of this segmentation do not say where they lie");
        }
        DicomPlace one = places.get(0).orElseThrow();
        if (!places.stream().allMatch(place -> place.orElseThrow().isParallel(one, 0.01))) {
            throw refused("the frames of this segmentation lie in different directions");
        }
        double[] at = places.stream()
                .mapToDouble(place -> place.orElseThrow().at())
                .sorted()
                .toArray();
        first = at[0];
        step = step(at);
        count = (int) Math.min(Math.round((at[at.length - 1] - first) / step), MAX_SLICES) + 1;
        for (double place : at) {
            double index = (place - first) / step;
            if (Math.abs(index - Math.rint(index)) > SAME || index >= MAX_SLICES) {
                throw refused("the frames of this segmentation are not at equal distances");
            }
        }
    }

    private double step(double... sorted) {
        double nearest = Double.POSITIVE_INFINITY;
        for (int i = 1; i < sorted.length; i++) {
            double distance = sorted[i] - sorted[i - 1];
            nearest = distance > 1e-4 ? Math.min(nearest, distance) : nearest;
        }
        DicomData measures = DicomPlace.group(data, 0, DicomTag.MEASURES);
        double said = measures.decimal(DicomTag.SLICE_SPACING)
                .or(() -> measures.decimal(DicomTag.SLICE_THICKNESS))
                .map(Math::abs)
                .filter(length -> length > 0)
                .orElse(Double.isInfinite(nearest) ? 1.0 : nearest);
        // Thick slices may overlap
        return Math.min(said, nearest);
    }

    private void paint(Object plane, int frame) throws IOException {
        DicomData of = DicomPlace.group(data, frame, DicomTag.SEGMENT);
        int number = of.whole(DicomTag.SEGMENT_OF_FRAME, 0);
        if (number == 0) {
            throw new IOException("a frame does not say its segment");
        }
        byte[] bits = (byte[]) frames.samples(frame)[0];
        for (int i = 0; i < bits.length; i++) {
            if (bits[i] != 0) {
                int before = plane instanceof byte[] bytes ? bytes[i] & 0xff : ((short[]) plane)[i] & 0xffff;
                if (before != 0 && before != number) {
                    throw refused("its segments " + before + " and " + number + " overlap");
                }
                if (plane instanceof byte[] bytes) {
                    bytes[i] = (byte) number;
                } else {
                    ((short[]) plane)[i] = (short) number;
                }
            }
        }
    }

    private CalibratedImage image(List<Object> planes) {
        double[] pixel = DicomPlace.group(data, 0, DicomTag.MEASURES).decimals(DicomTag.SPACING);
        boolean known = pixel.length == 2 && pixel[0] > 0 && pixel[1] > 0;
        double[] spacing = known ? new double[] {pixel[1], pixel[0], step} : new double[] {1, 1, step};
        String unit = known ? "mm" : "pixel";
        List<Axis> axes = new ArrayList<>();
        for (Axis.Kind kind : List.of(Axis.Kind.X, Axis.Kind.Y, Axis.Kind.Z)) {
            axes.add(new Axis(kind, spacing[axes.size()], unit));
        }
        var pixels = PlaneImages.of(
                planes, false, frames.form().columns(), frames.form().rows(), count);
        Optional<Placement> placement = known
                ? places.stream()
                        .flatMap(Optional::stream)
                        .filter(place -> slice(place) == 0)
                        .findFirst()
                        .map(place -> placed(place, spacing))
                : Optional.empty();
        return new CalibratedImage(file.getFileName().toString(), pixels, axes, false, List.of())
                .withPlacement(placement);
    }

    private Placement placed(DicomPlace place, double... spacing) {
        double[] normal = place.normal();
        Arrays.setAll(normal, d -> step * normal[d]);
        return Placement.of(Placement.Format.DICOM, place.affine(spacing, normal), DicomSource.keep(file));
    }
}
