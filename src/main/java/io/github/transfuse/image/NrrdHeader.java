package io.github.transfuse.image;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The fields of a NRRD header.
 *
 * @param file for messages
 * @param fields values by lower-case names; spaces in names kept
 * @param length bytes of the header, with the empty line at its end
 */
record NrrdHeader(Path file, Map<String, String> fields, int length) {
    static final String SPACE = "space";
    static final String DIRECTIONS = "space directions";
    static final String ORIGIN = "space origin";
    static final String AGAIN = "Correct the header, or export it again.";

    private static final int MAX_LENGTH = 1 << 20;
    private static final int MAX_SHOWN = 80;
    private static final Pattern VECTOR = Pattern.compile("\\(([^)]*)\\)|none");
    private static final Map<String, String> OTHER_NAMES =
            Map.of("datafile", "data file", "lineskip", "line skip", "byteskip", "byte skip");

    /**
     * Reads a header.
     *
     * @param in at the beginning of the file
     */
    static NrrdHeader read(Path file, InputStream in) throws IOException {
        Map<String, String> fields = new LinkedHashMap<>();
        int length = 0;
        boolean first = true;
        while (true) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            int next = in.read();
            for (; next >= 0 && next != '\n'; next = in.read()) {
                bytes.write(next);
            }
            length += bytes.size() + 1;
            String line = bytes.toString(StandardCharsets.UTF_8).strip();
            boolean detachedEnd = next < 0;
            if (!first) {
                add(line, fields);
            }
            first = false;
            if (line.isEmpty() || detachedEnd) {
                return new NrrdHeader(file, fields, length);
            }
            if (length > MAX_LENGTH) {
                throw new UnsupportedImageException(file, "its header does not end", AGAIN);
            }
        }
    }

    /** Comments and keys of users ({@code key:=value}) are passed over. */
    private static void add(String line, Map<String, String> fields) {
        int colon = line.indexOf(": ");
        if (!line.startsWith("#") && colon > 0 && !line.contains(":=")) {
            String name = line.substring(0, colon).toLowerCase(Locale.ROOT);
            fields.put(
                    OTHER_NAMES.getOrDefault(name, name),
                    line.substring(colon + 2).strip());
        }
    }

    Optional<String> field(String name) {
        return Optional.ofNullable(fields.get(name));
    }

    String required(String name) throws UnsupportedImageException {
        return field(name)
                .orElseThrow(() -> new UnsupportedImageException(file, "its header lacks '" + name + "'", AGAIN));
    }

    UnsupportedImageException wrong(String name) {
        String value = String.valueOf(fields.get(name)).replaceAll("\\p{Cntrl}", "?");
        String shown = value.length() > MAX_SHOWN ? value.substring(0, MAX_SHOWN) + "..." : value;
        return new UnsupportedImageException(
                file, "its header has '" + name + ": " + shown + "', which is not understood", AGAIN);
    }

    long whole(String name, long otherwise) throws UnsupportedImageException {
        try {
            return field(name).map(Long::parseLong).orElse(otherwise);
        } catch (NumberFormatException e) {
            throw wrong(name);
        }
    }

    /** Sizes of the axes, as many as {@code dimension} says, all positive. */
    long[] sizes() throws UnsupportedImageException {
        try {
            long[] sizes = Arrays.stream(required("sizes").split("\\s+"))
                    .mapToLong(Long::parseLong)
                    .toArray();
            if (sizes.length == Long.parseLong(required("dimension"))
                    && Arrays.stream(sizes).allMatch(s -> s > 0)) {
                return sizes;
            }
        } catch (NumberFormatException e) {
            throw wrong("sizes");
        }
        throw wrong("sizes");
    }

    /** One word for each axis; empty if the field is not there. */
    List<String> words(String name) {
        return field(name).map(line -> List.of(line.split("\\s+"))).orElse(List.of());
    }

    /** Vectors such as {@code (1,0,0)}; an empty one for {@code none}. */
    List<double[]> vectors(String name) throws UnsupportedImageException {
        List<double[]> vectors = new ArrayList<>();
        Matcher matcher = VECTOR.matcher(field(name).orElse(""));
        try {
            while (matcher.find()) {
                vectors.add(
                        matcher.group(1) == null
                                ? new double[0]
                                : Arrays.stream(matcher.group(1).split(","))
                                        .mapToDouble(number -> Double.parseDouble(number.strip()))
                                        .toArray());
            }
        } catch (NumberFormatException e) {
            throw wrong(name);
        }
        return vectors;
    }
}
