package io.github.transfuse.image;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Names and colours of the segments in a file {@code .seg.nrrd} of 3D Slicer, or in a segmentation in DICOM, by their values. */
public final class SegmentNames {
    /** The colour of a segment for which the file has none. */
    public static final int GREY = 0x808080;

    private static final Pattern LINE = Pattern.compile("Segment(\\d{1,6})_(Name|LabelValue|Layer|Color):=(.*)");
    private static final int MAX_LINES = 100_000;

    private SegmentNames() {}

    /**
     * A segment.
     *
     * @param color 0xRRGGBB
     */
    public record Segment(String name, int color) {}

    /**
     * Whether a file, or a folder with one in DICOM, is one.
     *
     * @throws IOException if it cannot be read
     */
    public static boolean is(Path file) throws IOException {
        return isOfSlicer(file) || DicomMask.is(file);
    }

    private static boolean isOfSlicer(Path file) {
        return file.getFileName().toString().toLowerCase(Locale.ROOT).endsWith(".seg.nrrd");
    }

    /**
     * The segments of a file.
     *
     * @return by their values
     * @throws UnsupportedImageException if segments overlap, so that a voxel has several
     * @throws IOException if the file cannot be read
     */
    public static Map<Integer, Segment> of(Path file) throws IOException {
        if (!isOfSlicer(file)) {
            Map<Integer, Segment> segments = new TreeMap<>();
            DicomMask.names(file).forEach((number, name) -> segments.put(number, new Segment(name, GREY)));
            return segments;
        }
        Map<Integer, Map<String, String>> known = new TreeMap<>();
        try (BufferedReader in = Files.newBufferedReader(file, StandardCharsets.ISO_8859_1)) {
            String line = in.readLine();
            for (int n = 0; line != null && !line.isEmpty() && n < MAX_LINES; n++) {
                Matcher field = LINE.matcher(
                        new String(line.strip().getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8));
                if (field.matches()) {
                    known.computeIfAbsent(Integer.valueOf(field.group(1)), number -> new TreeMap<>())
                            .put(field.group(2), field.group(3).strip());
                }
                line = in.readLine();
            }
        }
        Map<Integer, Segment> segments = new TreeMap<>();
        for (Map<String, String> fields : known.values()) {
            String value = fields.getOrDefault("LabelValue", "");
            boolean usable = value.matches("[1-9]\\d{0,8}") && fields.containsKey("Name");
            if (!usable || !fields.getOrDefault("Layer", "0").equals("0")) {
                throw new UnsupportedImageException(
                        file,
                        usable ? "its segments overlap" : "its segments have no names or values",
                        "Export it in 3D Slicer as a binary labelmap.");
            }
            segments.put(
                    Integer.valueOf(value), new Segment(fields.get("Name"), color(fields.getOrDefault("Color", ""))));
        }
        return segments;
    }

    /** Of three parts from 0 to 1; grey if there is none. */
    private static int color(String parts) {
        if (!parts.matches("([01](\\.\\d+)?\\s*){3}")) {
            return GREY;
        }
        int[] rgb = Arrays.stream(parts.split("\\s+", -1))
                .mapToInt(part -> (int) Math.round(255 * Math.min(1, Double.parseDouble(part))))
                .toArray();
        return rgb[0] << 16 | rgb[1] << 8 | rgb[2];
    }
}
