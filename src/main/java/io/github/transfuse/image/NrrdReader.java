package io.github.transfuse.image;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;

/**
 * Reads NRRD volumes: header and voxels in one file ({@code .nrrd}) or in two ({@code .nhdr}), raw, as text, or packed by gzip or bzip2. Of
 * the axes the spatial ones are X, Y and Z in their order; others are TIME or CHANNEL, as their kinds say.
 */
final class NrrdReader {
    private static final List<Axis.Kind> SPATIAL = List.of(Axis.Kind.X, Axis.Kind.Y, Axis.Kind.Z);
    /** Kinds of axes along which places lie, or which say nothing; others than these and time are parts of a value. */
    private static final Set<String> PLACES = Set.of("", "domain", "space", "none", "???");

    private static final Pattern BODY =
            Pattern.compile("(?im)^space: *(ras|las|lps|(right|left)-anterior-superior|left-posterior-superior) *$");

    private final Path file;
    private final boolean packed;
    private final NrrdHeader header;

    private NrrdReader(Path file, boolean packed, NrrdHeader header) {
        this.file = file;
        this.packed = packed;
        this.header = header;
    }

    /** Reads a file which as a whole may be packed by gzip. */
    static CalibratedImage read(Path file, boolean packed) throws IOException {
        try (InputStream raw = new BufferedInputStream(Files.newInputStream(file));
                InputStream in = packed ? new BufferedInputStream(new GZIPInputStream(raw)) : raw) {
            return new NrrdReader(file, packed, NrrdHeader.read(file, in)).read();
        }
    }

    private CalibratedImage read() throws IOException {
        long[] sizes = header.sizes();
        List<Axis> axes = axes(sizes);
        String typeName = header.required("type").toLowerCase(Locale.ROOT);
        VoxelType type = VoxelType.ofNrrd(typeName).orElseThrow(() -> header.wrong("type"));
        var pixels = new NrrdVoxels(file, header, packed).source(type).read(type, sizes);
        Optional<Affine> affine = affine();
        List<String> notes = affine.filter(Affine::isSheared).isPresent()
                ? List.of("The axes of " + file.getFileName()
                        + " are not at right angles: they are kept, and sizes are those along the axes.")
                : List.of();
        boolean rgb = header.words("kinds").stream().anyMatch(kind -> kind.equalsIgnoreCase("RGB-color"));
        Optional<Placement> placement = affine.map(
                matrix -> Placement.of(Placement.Format.NRRD, matrix, kept().getBytes(StandardCharsets.UTF_8)));
        return new CalibratedImage(file.getFileName().toString(), pixels, axes, rgb, notes).withPlacement(placement);
    }

    private List<Axis> axes(long... sizes) throws UnsupportedImageException {
        List<double[]> directions = header.vectors(NrrdHeader.DIRECTIONS);
        List<String> kinds = header.words("kinds");
        List<Axis> axes = new ArrayList<>();
        int spatial = 0;
        for (int d = 0; d < sizes.length; d++) {
            String kind = d < kinds.size() ? kinds.get(d).toLowerCase(Locale.ROOT) : "";
            boolean placed = d >= directions.size() || directions.get(d).length > 0;
            if (kind.equals("time") || (placed && spatial == 3 && PLACES.contains(kind))) {
                axes.add(Axis.of(Axis.Kind.TIME));
            } else if (!placed || !PLACES.contains(kind)) {
                axes.add(Axis.of(Axis.Kind.CHANNEL));
            } else {
                double[] direction = d < directions.size() ? directions.get(d) : new double[0];
                axes.add(spatial(SPATIAL.get(spatial++), d, direction));
            }
        }
        long different = axes.stream().map(Axis::kind).distinct().count();
        if (spatial < 2 || different < axes.size()) {
            throw new UnsupportedImageException(
                    file,
                    "its axes are not two or three of space, and at most one of time and one of channels",
                    NrrdHeader.AGAIN);
        }
        return axes;
    }

    private Axis spatial(Axis.Kind kind, int dimension, double... direction) throws UnsupportedImageException {
        List<String> spacings = header.words("spacings");
        double size = 1;
        boolean known = true;
        if (direction.length > 0) {
            size = Math.sqrt(Arrays.stream(direction).map(x -> x * x).sum());
        } else if (dimension < spacings.size() && !spacings.get(dimension).equalsIgnoreCase("nan")) {
            size = Math.abs(number(spacings.get(dimension)));
        } else {
            known = false;
        }
        if (!(size > 0) || Double.isInfinite(size)) {
            throw new UnsupportedImageException(
                    file, "its header says that voxels are " + size + " long along " + kind, NrrdHeader.AGAIN);
        }
        return known ? new Axis(kind, size, unit(dimension)) : Axis.of(kind);
    }

    private double number(String word) throws UnsupportedImageException {
        try {
            return Double.parseDouble(word);
        } catch (NumberFormatException e) {
            throw header.wrong("spacings");
        }
    }

    /** Spaces such as RAS are in millimetres if nothing else is said. */
    private String unit(int dimension) {
        List<String> units =
                header.words("space units").isEmpty() ? header.words("units") : header.words("space units");
        String unit = dimension < units.size() ? units.get(dimension).replace("\"", "") : "mm";
        return unit.isBlank() || unit.equals("???") ? "mm" : unit;
    }

    /** In RAS; empty if the header has no three axes in a space of three dimensions. */
    private Optional<Affine> affine() throws UnsupportedImageException {
        List<double[]> axes = header.vectors(NrrdHeader.DIRECTIONS).stream()
                .filter(vector -> vector.length > 0)
                .toList();
        if (axes.size() != 3 || axes.stream().anyMatch(vector -> vector.length != 3)) {
            return Optional.empty();
        }
        List<double[]> origin = header.vectors(NrrdHeader.ORIGIN);
        double[] at = origin.isEmpty() ? new double[3] : origin.get(0);
        if (at.length != 3) {
            throw header.wrong(NrrdHeader.ORIGIN);
        }
        Affine affine = Affine.ofColumns(axes.get(0), axes.get(1), axes.get(2), at);
        if (!affine.isUsable()) {
            throw header.wrong(NrrdHeader.DIRECTIONS);
        }
        String space = header.field(NrrdHeader.SPACE).orElse("").toLowerCase(Locale.ROOT);
        boolean lps = space.equals("lps") || space.equals("left-posterior-superior");
        boolean las = space.equals("las") || space.equals("left-anterior-superior");
        return Optional.of(lps ? affine.turned() : las ? affine.mirrored() : affine);
    }

    /** Whether lines of a header, such as {@link #kept}, name a space of the body. */
    static boolean isAnatomical(String lines) {
        return BODY.matcher(lines).find();
    }

    /** The lines that labels of this volume have too. */
    private String kept() {
        StringBuilder lines = new StringBuilder();
        for (String name : List.of(NrrdHeader.SPACE, "space dimension", "space units", NrrdHeader.ORIGIN)) {
            header.field(name)
                    .ifPresent(value ->
                            lines.append(name).append(": ").append(value).append('\n'));
        }
        header.field(NrrdHeader.DIRECTIONS).ifPresent(value -> lines.append(NrrdHeader.DIRECTIONS)
                .append(": ")
                .append(value.replaceAll("\\bnone\\b", " ").strip())
                .append('\n'));
        return lines.toString();
    }
}
