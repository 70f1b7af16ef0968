import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * Divides the plugin's jar for Fiji, where a fix of the code should not be a download of all weights: the code without
 * what only QuPath can load, each bundled model in a jar of its own, and what trainings start from in another.
 *
 * <p>Started by assemble.xml as {@code java FijiJars.java PLUGIN SITE}. Entries keep their time stamps, so that the same
 * plugin gives the same jars.
 */
final class FijiJars {

    private static final String QUPATH =
            "io/github/transfuse/(qupath|slide)/.*|META-INF/services/qupath\\..*|.*/javafx/.*";
    private static final List<String> LEGAL = List.of("META-INF/LICENSE", "META-INF/NOTICE");
    private static final String MODELS = "models/";
    private static final String INDEX = MODELS + "index.txt";

    private FijiJars() {}

    public static void main(String[] args) throws IOException {
        Path plugin = Path.of(args[0]);
        Path site = Path.of(args[1]);
        Files.createDirectories(site.resolve("plugins"));
        Files.createDirectories(site.resolve("jars"));
        try (ZipFile jar = new ZipFile(plugin.toFile())) {
            Map<Path, List<ZipEntry>> parts = new LinkedHashMap<>();
            Path code = site.resolve("plugins").resolve(plugin.getFileName().toString());
            jar.stream()
                    .filter(entry -> !entry.isDirectory() && !entry.getName().matches(QUPATH))
                    .filter(entry -> !entry.getName().equals(INDEX))
                    .forEach(entry -> parts.computeIfAbsent(
                                    place(site, entry.getName(), code), key -> new ArrayList<>())
                            .add(entry));
            for (Map.Entry<Path, List<ZipEntry>> part : parts.entrySet()) {
                write(jar, part.getKey(), part.getValue(), part.getKey().equals(code));
            }
        }
    }

    private static Path place(Path site, String entry, Path code) {
        if (entry.startsWith(MODELS)) {
            return site.resolve("jars/transfuse-model-" + entry.split("/")[1] + ".jar");
        }
        return entry.startsWith("backbones/") ? site.resolve("jars/transfuse-backbones.jar") : code;
    }

    private static void write(ZipFile jar, Path to, List<ZipEntry> entries, boolean code) throws IOException {
        try (OutputStream file = Files.newOutputStream(to);
                ZipOutputStream out = new ZipOutputStream(file)) {
            for (ZipEntry entry : entries) {
                copy(jar, entry, out);
            }
            if (!code) {
                for (String name : LEGAL) {
                    copy(jar, jar.getEntry(name), out);
                }
                String first = entries.get(0).getName();
                if (first.startsWith(MODELS)) {
                    ZipEntry index = new ZipEntry(INDEX);
                    index.setTime(entries.get(0).getTime());
                    out.putNextEntry(index);
                    out.write((first.split("/")[1] + "\n").getBytes(StandardCharsets.UTF_8));
                    out.closeEntry();
                }
            }
        }
    }

    private static void copy(ZipFile jar, ZipEntry entry, ZipOutputStream out) throws IOException {
        ZipEntry copy = new ZipEntry(entry.getName());
        copy.setTime(entry.getTime());
        out.putNextEntry(copy);
        try (InputStream in = jar.getInputStream(entry)) {
            in.transferTo(out);
        }
        out.closeEntry();
    }
}
