package io.github.transfuse.image;

import io.github.transfuse.dicom.DicomElements;
import io.github.transfuse.dicom.DicomTag;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.IntFunction;
import net.imglib2.RandomAccess;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.RealType;
import net.imglib2.view.IterableRandomAccessibleInterval;
import net.imglib2.view.Views;

/**
 * Writes labels of a scan in DICOM as a segmentation in DICOM, as archives and viewers of hospitals read it: a segment for
 * each label, of single bits, with the references of the scan and of its patient.
 */
final class DicomSegments {
    private static final int MAX_SEGMENTS = 65_535;
    private static final int FRAME_CONTENT = 0x0020_9111;
    private static final int INDEX_VALUES = 0x0020_9157;

    private final DicomSource source;
    private final RandomAccessibleInterval<? extends RealType<?>> labels;
    private final Placement placement;
    private final IntFunction<String> names;
    private final List<DicomElements> frames = new ArrayList<>();
    private final ByteArrayOutputStream bits = new ByteArrayOutputStream();
    private int pending;
    private int pendingBits;

    private DicomSegments(CalibratedImage labels, Placement placement, IntFunction<String> names) throws IOException {
        CalibratedImage ordered = labels.channelsLast();
        boolean deep = ordered.dimension(Axis.Kind.Z).isPresent();
        source = DicomSource.of(placement);
        this.labels = deep ? ordered.pixels() : Views.addDimension(ordered.pixels(), 0, 0);
        this.placement = placement;
        this.names = names;
        if (this.labels.numDimensions() != 3
                || this.labels.dimension(2) != source.frames().size()) {
            throw new UnsupportedImageException(
                    labels.name(),
                    "its labels are not those of the slices that are in the files now",
                    "Use label_format=auto.");
        }
    }

    /**
     * The bytes of a file.
     *
     * @param labels along X, Y and perhaps Z
     * @param placement of the volume that was segmented, read from DICOM
     * @param names of labels, from 1
     * @throws UnsupportedImageException if there are no labels, or more than a file can hold
     * @throws IOException if the files of the scan cannot be read again
     */
    static byte[] file(CalibratedImage labels, Placement placement, IntFunction<String> names) throws IOException {
        return new DicomSegments(labels, placement, names).file(labels.name());
    }

    private byte[] file(String name) throws IOException {
        TreeSet<Integer> present = new TreeSet<>();
        IterableRandomAccessibleInterval.create(labels).forEach(label -> present.add((int) label.getRealDouble()));
        present.remove(0);
        if (present.isEmpty() || present.size() > MAX_SEGMENTS) {
            throw new UnsupportedImageException(
                    name,
                    "a segmentation in DICOM cannot hold " + (present.isEmpty() ? "no" : present.size()) + " labels",
                    "Use label_format=auto.");
        }
        Map<Integer, Integer> numbers = new LinkedHashMap<>();
        present.forEach(label -> numbers.put(label, numbers.size() + 1));
        numbers.forEach(this::addFrames);
        flush();
        DicomElements file = new DicomElements();
        String instance = name(file, bits.toByteArray());
        describe(file);
        segments(file, numbers);
        file.sequence(DicomTag.SHARED_GROUPS, shared());
        file.sequence(DicomTag.FRAME_GROUPS, frames.toArray(new DicomElements[0]));
        file.pixels(bits.toByteArray());
        return file.file(DicomMask.KIND, instance);
    }

    /** A frame for each slice in which there is something of a label. */
    private void addFrames(int label, int number) {
        RandomAccess<? extends RealType<?>> access = labels.randomAccess();
        int width = (int) labels.dimension(0);
        int count = Math.multiplyExact(width, (int) labels.dimension(1));
        for (int z = 0; z < labels.dimension(2); z++) {
            boolean[] inside = new boolean[count];
            boolean any = false;
            for (int i = 0; i < count; i++) {
                access.setPosition(labels.min(0) + i % width, 0);
                access.setPosition(labels.min(1) + i / width, 1);
                access.setPosition(labels.min(2) + z, 2);
                inside[i] = access.get().getRealDouble() == label;
                any |= inside[i];
            }
            if (any) {
                for (boolean bit : inside) {
                    add(bit);
                }
                frames.add(frame(z, number));
            }
        }
    }

    /** Frames follow each other without a gap; the lowest bit of a byte comes first. */
    private void add(boolean bit) {
        pending |= (bit ? 1 : 0) << pendingBits;
        pendingBits++;
        if (pendingBits == Byte.SIZE) {
            flush();
        }
    }

    private void flush() {
        if (pendingBits > 0) {
            bits.write(pending);
        }
        pending = 0;
        pendingBits = 0;
    }

    private DicomElements frame(int z, int number) {
        DicomSource.Frame of = source.frames().get(z);
        DicomElements reference = new DicomElements()
                .text(0x0008_1150, "UI", of.kind())
                .text(0x0008_1155, "UI", of.instance())
                .text(0x0028_135A, "CS", "YES") // each voxel is one of the scan
                .sequence(0x0040_A170, code("121322", "DCM", "Source image for image processing operation"));
        if (of.data().text(DicomTag.FRAMES).matches("[1-9]\\d+|[2-9]")) {
            reference.text(0x0008_1160, "IS", Integer.toString(of.number() + 1));
        }
        DicomElements derivation = new DicomElements()
                .sequence(0x0008_2112, reference)
                .sequence(0x0008_9215, code("113076", "DCM", "Segmentation"));
        return new DicomElements()
                .sequence(0x0008_9124, derivation)
                .sequence(FRAME_CONTENT, new DicomElements().longs(INDEX_VALUES, number, z + 1))
                .sequence(
                        DicomTag.PLACES,
                        new DicomElements()
                                .decimals(DicomTag.POSITION, of.place().origin()))
                .sequence(DicomTag.SEGMENT, new DicomElements().shorts(DicomTag.SEGMENT_OF_FRAME, number));
    }

    private DicomElements shared() {
        double distance = placement.spacing().get(2);
        return new DicomElements()
                .sequence(
                        DicomTag.ORIENTATIONS,
                        new DicomElements()
                                .decimals(
                                        DicomTag.ORIENTATION,
                                        source.frames().get(0).place().orientation()))
                .sequence(
                        DicomTag.MEASURES,
                        new DicomElements()
                                .decimals(DicomTag.SLICE_THICKNESS, distance)
                                .decimals(DicomTag.SLICE_SPACING, distance)
                                .decimals(
                                        DicomTag.SPACING,
                                        placement.spacing().get(1),
                                        placement.spacing().get(0)));
    }

    private static DicomElements code(String value, String scheme, String meaning) {
        return new DicomElements()
                .text(0x0008_0100, "SH", value)
                .text(0x0008_0102, "SH", scheme)
                .text(0x0008_0104, "LO", meaning);
    }

    private static String uid(String seed) {
        UUID uuid = UUID.nameUUIDFromBytes(seed.getBytes(StandardCharsets.UTF_8));
        byte[] bytes = java.nio.ByteBuffer.allocate(16)
                .putLong(uuid.getMostSignificantBits())
                .putLong(uuid.getLeastSignificantBits())
                .array();
        return "2.25." + new java.math.BigInteger(1, bytes);
    }

    /** Names of the file and of its series, which tell it from all others. */
    private String name(DicomElements file, byte... content) {
        LocalDateTime now = LocalDateTime.now(java.time.ZoneId.systemDefault());
        String date = now.format(DateTimeFormatter.ofPattern("yyyyMMdd", java.util.Locale.ROOT));
        String time = now.format(DateTimeFormatter.ofPattern("HHmmss", java.util.Locale.ROOT));
        String seed = source.frames().get(0).instance() + now + Arrays.hashCode(content);
        String instance = uid("instance" + seed);
        file.text(DicomTag.CLASS, "UI", DicomMask.KIND)
                .text(DicomTag.INSTANCE, "UI", instance)
                .text(0x0008_0023, "DA", date)
                .text(0x0008_0033, "TM", time)
                .text(DicomTag.SERIES, "UI", uid("series" + seed))
                .text(0x0020_0011, "IS", "1000")
                .text(0x0020_0013, "IS", "1");
        DicomElements organization = new DicomElements().text(0x0020_9164, "UI", uid("dimensions" + seed));
        file.sequence(0x0020_9221, organization);
        file.sequence(
                0x0020_9222,
                dimension(seed, DicomTag.SEGMENT_OF_FRAME, DicomTag.SEGMENT, "Segment"),
                dimension(seed, DicomTag.POSITION, DicomTag.PLACES, "Position"));
        return instance;
    }

    private static DicomElements dimension(String seed, int element, int group, String label) {
        return new DicomElements()
                .text(0x0020_9164, "UI", uid("dimensions" + seed))
                .pointer(0x0020_9165, element)
                .pointer(0x0020_9167, group)
                .text(0x0020_9421, "LO", label);
    }

    /** Patient, study and place as in the scan. */
    private void describe(DicomElements file) {
        for (int tag : new int[] {0x0008_0020, 0x0010_0030}) {
            file.copy(source.data(), tag, "DA");
        }
        file.copy(source.data(), 0x0008_0030, "TM").copy(source.data(), 0x0008_0050, "SH");
        file.copy(source.data(), 0x0008_0090, "PN").copy(source.data(), 0x0010_0010, "PN");
        file.copy(source.data(), DicomTag.PATIENT, "LO").copy(source.data(), 0x0010_0040, "CS");
        file.copy(source.data(), DicomTag.STUDY, "UI").copy(source.data(), 0x0020_0010, "SH");
        file.copy(source.data(), 0x0020_0052, "UI").copy(source.data(), 0x0020_1040, "LO");
        if (source.data().has(0x0008_0005)) {
            file.copy(source.data(), 0x0008_0005, "CS");
        }
        file.text(0x0008_0008, "CS", "DERIVED\\PRIMARY")
                .text(DicomTag.MODALITY, "CS", "SEG")
                .text(0x0008_0070, "LO", "TransFuse")
                .text(0x0008_103E, "LO", "TransFuse labels")
                .text(0x0008_1090, "LO", "TransFuse")
                .text(0x0018_1000, "LO", "1")
                .text(0x0018_1020, "LO", "1")
                .text(0x0070_0080, "CS", "SEGMENTATION")
                .text(0x0070_0081, "LO", "Labels of TransFuse")
                .text(0x0070_0084, "PN", "TransFuse");
        Map<String, DicomElements> instances = new LinkedHashMap<>();
        source.frames()
                .forEach(frame -> instances.put(
                        frame.instance(),
                        new DicomElements()
                                .text(0x0008_1150, "UI", frame.kind())
                                .text(0x0008_1155, "UI", frame.instance())));
        DicomElements series = new DicomElements()
                .copy(source.data(), DicomTag.SERIES, "UI")
                .sequence(0x0008_114A, instances.values().toArray(new DicomElements[0]));
        file.sequence(DicomTag.REFERENCED_SERIES, series);
    }

    private void segments(DicomElements file, Map<Integer, Integer> numbers) {
        List<DicomElements> items = new ArrayList<>();
        numbers.forEach((label, number) -> {
            String ascii = names.apply(label).replaceAll("[^ -\\[\\]-~]", "?");
            items.add(new DicomElements()
                    .shorts(DicomTag.SEGMENT_NUMBER, number)
                    .text(DicomTag.SEGMENT_LABEL, "LO", ascii.substring(0, Math.min(64, ascii.length())))
                    .text(0x0062_0008, "CS", "AUTOMATIC")
                    .text(0x0062_0009, "LO", "TransFuse")
                    .sequence(0x0062_0003, code("123037004", "SCT", "Anatomical Structure"))
                    .sequence(0x0062_000F, code("123037004", "SCT", "Anatomical Structure")));
        });
        file.text(DicomTag.SEGMENTATION_TYPE, "CS", "BINARY")
                .sequence(DicomTag.SEGMENTS, items.toArray(new DicomElements[0]));
        file.shorts(DicomTag.SAMPLES, 1)
                .text(DicomTag.PHOTOMETRIC, "CS", "MONOCHROME2")
                .text(DicomTag.FRAMES, "IS", Integer.toString(frames.size()))
                .shorts(DicomTag.ROWS, (int) labels.dimension(1))
                .shorts(DicomTag.COLUMNS, (int) labels.dimension(0))
                .shorts(DicomTag.BITS_ALLOCATED, 1)
                .shorts(DicomTag.BITS_STORED, 1)
                .shorts(DicomTag.HIGH_BIT, 0)
                .shorts(DicomTag.SIGNED, 0)
                .text(0x0028_2110, "CS", "00");
    }
}
