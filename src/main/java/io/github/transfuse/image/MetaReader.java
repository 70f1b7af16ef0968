package io.github.transfuse.image;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Reads MetaImage volumes of ITK: header and voxels in one file ({@code .mha}) or in two ({@code .mhd}), raw, as text or
 * packed. Their space is the body's: left, back, top.
 */
final class MetaReader {
    private static final int MAX_LENGTH = 1 << 20;
    private static final String AGAIN = "Correct the header, or export it again.";
    private static final String LAST = "elementdatafile";
    private static final Map<String, VoxelType> TYPES = Map.ofEntries(
            Map.entry("MET_UCHAR", VoxelType.UINT8),
            Map.entry("MET_CHAR", VoxelType.INT8),
            Map.entry("MET_USHORT", VoxelType.UINT16),
            Map.entry("MET_SHORT", VoxelType.INT16),
            Map.entry("MET_UINT", VoxelType.UINT32),
            Map.entry("MET_INT", VoxelType.INT32),
            Map.entry("MET_ULONG", VoxelType.UINT32),
            Map.entry("MET_LONG", VoxelType.INT32),
            Map.entry("MET_ULONG_LONG", VoxelType.UINT64),
            Map.entry("MET_LONG_LONG", VoxelType.INT64),
            Map.entry("MET_FLOAT", VoxelType.FLOAT32),
            Map.entry("MET_DOUBLE", VoxelType.FLOAT64));
    private static final List<Axis.Kind> KINDS = List.of(Axis.Kind.X, Axis.Kind.Y, Axis.Kind.Z, Axis.Kind.TIME);

    private final Path file;
    private final Map<String, String> fields = new HashMap<>();
    private int length;

    private MetaReader(Path file, InputStream in) throws IOException {
        this.file = file;
        while (!fields.containsKey(LAST)) {
            ByteArrayOutputStream line = new ByteArrayOutputStream();
            int next = in.read();
            for (; next >= 0 && next != '\n'; next = in.read()) {
                line.write(next);
            }
            length += line.size() + 1;
            String text = line.toString(StandardCharsets.UTF_8);
            int equals = text.indexOf('=');
            if (equals > 0) {
                String name = text.substring(0, equals).strip().toLowerCase(Locale.ROOT);
                fields.put(name, text.substring(equals + 1).strip());
            }
            if ((next < 0 && !fields.containsKey(LAST)) || length > MAX_LENGTH) {
                throw new UnsupportedImageException(file, "its header does not say where the voxels are", AGAIN);
            }
        }
    }

    static CalibratedImage read(Path file) throws IOException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            return new MetaReader(file, in).read();
        }
    }

    /** What a type of voxels is called; of those that results have. */
    static String nameOf(VoxelType type) {
        return switch (type) {
            case UINT8 -> "MET_UCHAR";
            case UINT16 -> "MET_USHORT";
            case INT32 -> "MET_INT";
            default -> "MET_FLOAT";
        };
    }

    private String field(String... names) {
        return Arrays.stream(names)
                .map(name -> fields.getOrDefault(name, ""))
                .filter(value -> !value.isEmpty())
                .findFirst()
                .orElse("");
    }

    private UnsupportedImageException wrong(String name) {
        String shown = field(name).replaceAll("\\p{Cntrl}", "?");
        return new UnsupportedImageException(
                file,
                "its header has '" + name + " = " + shown.substring(0, Math.min(80, shown.length()))
                        + "', which is not understood",
                AGAIN);
    }

    /** As many numbers as there are axes, or none. */
    private double[] numbers(int count, String... names) throws UnsupportedImageException {
        String text = field(names);
        try {
            double[] numbers = text.isEmpty()
                    ? new double[0]
                    : Arrays.stream(text.split("\\s+"))
                            .mapToDouble(Double::parseDouble)
                            .toArray();
            if (numbers.length != 0 && numbers.length != count) {
                throw wrong(names[0]);
            }
            return numbers;
        } catch (NumberFormatException e) {
            throw wrong(names[0]);
        }
    }

    private CalibratedImage read() throws IOException {
        double[] dimensions = numbers(1, "ndims");
        int axisCount = dimensions.length == 1 ? (int) dimensions[0] : 0;
        if (axisCount < 2 || axisCount > KINDS.size()) {
            throw new UnsupportedImageException(
                    file, "it has " + axisCount + " axes", "Save the volumes that are meant as files of their own.");
        }
        VoxelType type = Optional.ofNullable(TYPES.get(field("elementtype"))).orElseThrow(() -> wrong("elementtype"));
        double[] channels = numbers(1, "elementnumberofchannels");
        double[] spacing = numbers(axisCount, "elementspacing", "elementsize");
        double[] counts = numbers(axisCount, "dimsize");
        List<Axis> axes = new ArrayList<>();
        List<Long> size = new ArrayList<>();
        if (channels.length == 1 && channels[0] > 1) {
            axes.add(Axis.of(Axis.Kind.CHANNEL));
            size.add((long) channels[0]);
        }
        for (int d = 0; d < axisCount; d++) {
            if (counts.length == 0 || !(counts[d] >= 1)) {
                throw wrong("dimsize");
            }
            if (d < 2 || counts[d] > 1) {
                axes.add(axis(KINDS.get(d), spacing.length == 0 ? 0 : Math.abs(spacing[d])));
                size.add((long) counts[d]);
            }
        }
        var voxels =
                source().read(type, size.stream().mapToLong(Long::longValue).toArray());
        boolean rgb = size.size() > axisCount && size.get(0) == 3 && type == VoxelType.UINT8;
        Optional<Affine> affine = affine(axisCount, spacing);
        List<String> notes = affine.filter(Affine::isSheared).isPresent()
                ? List.of("The axes of " + file.getFileName()
                        + " are not at right angles: they are kept, and sizes are those along the axes.")
                : List.of();
        return new CalibratedImage(file.getFileName().toString(), voxels, axes, rgb, notes)
                .withPlacement(affine.map(matrix -> Placement.of(Placement.Format.META, matrix, new byte[0])));
    }

    private static Axis axis(Axis.Kind kind, double size) {
        return size > 0 && Double.isFinite(size) && kind.isSpatial() ? new Axis(kind, size, "mm") : Axis.of(kind);
    }

    /** Of three axes of space at least, whose file says where they lie. */
    private Optional<Affine> affine(int axisCount, double... spacing) throws UnsupportedImageException {
        double[] origin = numbers(axisCount, "offset", "origin", "position");
        double[] directions = numbers(axisCount * axisCount, "transformmatrix", "rotation", "orientation");
        if (axisCount < 3 || origin.length == 0 || directions.length == 0) {
            return Optional.empty();
        }
        double[][] columns = new double[3][3];
        for (int d = 0; d < 3; d++) {
            for (int row = 0; row < 3; row++) {
                columns[d][row] = directions[axisCount * d + row] * (spacing.length == 0 ? 1 : spacing[d]);
            }
        }
        Affine affine = Affine.ofColumns(columns[0], columns[1], columns[2], Arrays.copyOf(origin, 3));
        if (!affine.isUsable()) {
            throw wrong("transformmatrix");
        }
        return Optional.of(affine.turned());
    }

    private VoxelFile source() throws IOException {
        boolean big = field("binarydatabyteordermsb", "elementbyteordermsb").equalsIgnoreCase("true");
        boolean packed = field("compresseddata").equalsIgnoreCase("true");
        boolean text = field("binarydata").equalsIgnoreCase("false");
        VoxelFile.Coding coding = packed ? VoxelFile.Coding.ZLIB : text ? VoxelFile.Coding.TEXT : VoxelFile.Coding.RAW;
        boolean local = field(LAST).equalsIgnoreCase("local");
        double[] skipped = numbers(1, "headersize");
        if (skipped.length == 1 && skipped[0] != 0) {
            throw wrong("headersize");
        }
        return VoxelFile.exact(
                file,
                local ? file : detached(field(LAST)),
                local ? length : 0,
                new VoxelFile.Packing(false, coding),
                big ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
    }

    private Path detached(String name) throws UnsupportedImageException {
        Path folder = file.toAbsolutePath().normalize().getParent();
        try {
            Path data = folder.resolve(name).normalize();
            if (data.startsWith(folder) && Files.isRegularFile(data)) {
                return data;
            }
        } catch (InvalidPathException e) {
            throw wrong(LAST);
        }
        throw new UnsupportedImageException(
                file, "its voxels are in '" + name + "', which is not one file beside it", "Save it as one .mha file.");
    }
}
