package io.github.transfuse.cli;

import io.github.transfuse.image.CalibratedImage;
import io.github.transfuse.image.ImageFiles;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import net.imglib2.type.numeric.RealType;
import net.imglib2.view.Views;

/** What the files of a folder say, without the times at which they were written: equal for equal results. */
final class ResultContents {
    private static final String TIMES = "\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z?|\"seconds\": ?[0-9.eE-]+";
    private static final Pattern SETTING = Pattern.compile("threshold\\W+[0-9.]+");

    private ResultContents() {}

    /**
     * Of a folder.
     *
     * @param passedOver names with this in them do not count, and are not opened: closing a file gives up the locks that
     *     this process has on it
     */
    static Map<String, String> of(Path folder, String passedOver) throws IOException {
        Map<String, String> said = new TreeMap<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String name = folder.relativize(file).toString();
                if (!name.contains(passedOver)) {
                    said.put(name, contents(file, Files.readString(file, StandardCharsets.ISO_8859_1)));
                }
            }
        }
        return said;
    }

    private static String contents(Path file, String letters) throws IOException {
        if (letters.startsWith("PK")) {
            return zipped(letters.getBytes(StandardCharsets.ISO_8859_1));
        }
        if (!letters.startsWith("II*") && !letters.startsWith("MM")) {
            return Integer.toHexString(letters.replaceAll(TIMES, "").hashCode());
        }
        Matcher setting = SETTING.matcher(letters.replace("\0", ""));
        CalibratedImage image = ImageFiles.read(file);
        int values = 1;
        for (RealType<?> value : Views.flatIterable(image.pixels())) {
            values = 31 * values + Double.hashCode(value.getRealDouble());
        }
        return image.describe() + " " + Integer.toHexString(values) + (setting.find() ? " " + setting.group() : "");
    }

    private static String zipped(byte[] bytes) throws IOException {
        int values = 1;
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(bytes))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                values = 31 * values + entry.getName().hashCode();
                values = 31 * values + java.util.Arrays.hashCode(zip.readAllBytes());
            }
        }
        return "zip " + Integer.toHexString(values);
    }
}
