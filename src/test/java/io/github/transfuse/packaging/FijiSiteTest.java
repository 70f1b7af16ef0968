package io.github.transfuse.packaging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipFile;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** What a web server shows to Fiji's updater. A genuine updater reads it in {@link FijiUpdaterPackagedIT}. */
class FijiSiteTest {

    private static final long EARLIER = 1_600_000_000_000L;
    private static final long LATER = 1_700_000_000_000L;
    private static final Map<String, String> CODE = Map.of("a/B.class", "code");

    @TempDir
    Path folder;

    private SmallSite small() {
        return new SmallSite(folder.resolve("site"));
    }

    @Test
    void everyFileIsThereUnderItsNameAndTimeStamp() throws Exception {
        SmallSite site = small();
        site.jar("plugins/TransFuse_-1.jar", CODE, EARLIER);
        site.jar("jars/pytorch-1.jar", CODE, EARLIER);
        site.jar("jars/win64/pytorch-1-windows-x86_64.jar", CODE, EARLIER);
        site.text("macros/TransFuse/one.ijm", "print(1);");
        Path served = folder.resolve("served");
        site.serve(served);
        Map<String, Element> records = records(served);
        assertEquals(4, records.size());
        for (Map.Entry<String, Element> entry : records.entrySet()) {
            Element version = version(entry.getValue());
            Path original = site.folder().resolve(entry.getKey());
            Path copy = served.resolve(entry.getKey() + "-" + version.getAttribute("timestamp"));
            assertEquals(-1, Files.mismatch(original, copy), entry.getKey());
            assertEquals(Files.size(original), Long.parseLong(version.getAttribute("filesize")));
        }
        // The updater's rule for files that are no jars: SHA-1 of name and content
        byte[] named = "macros/TransFuse/one.ijmprint(1);".getBytes(StandardCharsets.US_ASCII);
        assertEquals(
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(named)),
                checksum(records, "macros/TransFuse/one.ijm"));
        assertEquals(List.of("win64"), texts(records.get("jars/win64/pytorch-1-windows-x86_64.jar"), "platform"));
        assertEquals(List.of(), texts(records.get("jars/pytorch-1.jar"), "platform"));
        Element plugin = records.get("plugins/TransFuse_-1.jar");
        assertEquals(List.of("Segments images."), texts(plugin, "description"));
        assertEquals(List.of("The TransFuse authors"), texts(plugin, "author"));
        NodeList needed = plugin.getElementsByTagName("dependency");
        assertEquals(1, needed.getLength(), "natives come with their platform alone");
        assertEquals("jars/pytorch-1.jar", ((Element) needed.item(0)).getAttribute("filename"));
    }

    @Test
    void buildingTheSameAgainIsNoNewVersion() throws Exception {
        SmallSite site = small();
        Path served = folder.resolve("served");
        String jar = "plugins/TransFuse_-1.jar";
        site.jar(jar, parts("code", "#Monday\na=1\n", "Build-Jdk: 17\n"), EARLIER);
        site.serve(served);
        String before = checksum(records(served), jar);
        site.jar(jar, parts("code", "#Tuesday, later\na=1\n", "Build-Jdk: 25\n"), LATER);
        site.serve(served);
        assertEquals(before, checksum(records(served), jar));
        site.jar(jar, parts("CODE", "#Monday\na=1\n", "Build-Jdk: 17\n"), EARLIER);
        site.serve(served);
        assertNotEquals(before, checksum(records(served), jar));
        site.jar(jar, parts("code", "#Monday\na=2\n", "Build-Jdk: 17\n"), EARLIER);
        site.serve(served);
        assertNotEquals(before, checksum(records(served), jar));
    }

    private static Map<String, String> parts(String code, String properties, String manifest) {
        Map<String, String> parts = new LinkedHashMap<>();
        parts.put("META-INF/MANIFEST.MF", manifest);
        parts.put("pom.properties", properties);
        parts.put("a/B.class", code);
        return parts;
    }

    @Test
    void whatWasServedBeforeStaysKnown() throws Exception {
        SmallSite site = small();
        site.jar("plugins/TransFuse_-1.jar", CODE, EARLIER);
        site.jar("jars/same.jar", CODE, EARLIER);
        site.text("macros/gone.ijm", "print(1);");
        Path first = folder.resolve("first");
        site.serve(first);
        String database = folder.resolve("before.gz").toString();
        Files.write(Path.of(database), withStamps(first, "20200101000000"));
        Map<String, Element> before = records(first);
        Files.delete(site.folder().resolve("macros/gone.ijm"));
        site.jar("plugins/TransFuse_-1.jar", Map.of("a/B.class", "mended"), LATER);
        Path second = folder.resolve("second");
        site.serve(second, database);
        Map<String, Element> after = records(second);
        assertEquals("20200101000000", version(after.get("jars/same.jar")).getAttribute("timestamp"));
        assertNotEquals(
                "20200101000000", version(after.get("plugins/TransFuse_-1.jar")).getAttribute("timestamp"));
        assertEquals(
                List.of(checksum(before, "plugins/TransFuse_-1.jar")), olds(after.get("plugins/TransFuse_-1.jar")));
        assertEquals(List.of(), olds(after.get("jars/same.jar")));
        assertEquals(List.of(checksum(before, "macros/gone.ijm")), olds(after.get("macros/gone.ijm")));
        assertEquals(
                0, after.get("macros/gone.ijm").getElementsByTagName("version").getLength());
    }

    @Test
    void aTimeMakesTwoBuildsTheSameAndNeverGoesBack() throws Exception {
        SmallSite site = small();
        String jar = "plugins/TransFuse_-1.jar";
        site.jar(jar, CODE, EARLIER);
        Path first = folder.resolve("first");
        Path again = folder.resolve("again");
        site.serve(first, "", "2026-01-01T00:00:00Z");
        site.serve(again, "", "2026-01-01T00:00:00Z");
        assertEquals("20260101000000", version(records(first).get(jar)).getAttribute("timestamp"));
        assertEquals(-1, Files.mismatch(first.resolve("db.xml.gz"), again.resolve("db.xml.gz")));
        site.jar(jar, Map.of("a/B.class", "mended"), EARLIER);
        Path second = folder.resolve("second");
        site.serve(second, first.resolve("db.xml.gz").toString(), "2026-01-01T00:00:00Z");
        assertEquals("20260101000001", version(records(second).get(jar)).getAttribute("timestamp"));
        site.jar(jar, Map.of("a/B.class", "mended again"), EARLIER);
        Path third = folder.resolve("third");
        site.serve(third, second.resolve("db.xml.gz").toString(), "2026-03-01T00:00:00Z");
        assertEquals("20260301000000", version(records(third).get(jar)).getAttribute("timestamp"));
    }

    @Test
    void weightsAndQupathAreNotInTheCode() throws Exception {
        SmallSite whole = small();
        Map<String, String> entries = new LinkedHashMap<>();
        for (String name : List.of(
                "META-INF/LICENSE",
                "META-INF/NOTICE",
                "META-INF/services/qupath.lib.gui.extensions.QuPathExtension",
                "META-INF/services/org.example.Service",
                "io/github/transfuse/imagej/A.class",
                "io/github/transfuse/qupath/B.class",
                "io/github/transfuse/slide/C.class",
                "backbones/vit.safetensors",
                "models/index.txt",
                "models/nuclei/model.json",
                "models/nuclei/weights.safetensors",
                "models/skin/model.json")) {
            entries.put(name, name);
        }
        whole.jar("TransFuse_-1.jar", entries, EARLIER);
        Path site = folder.resolve("divided");
        SmallSite.run(
                "FijiJars.java",
                List.of(whole.folder().resolve("TransFuse_-1.jar").toString(), site.toString()));
        List<String> legal = List.of("META-INF/LICENSE", "META-INF/NOTICE");
        assertEquals(
                join(legal, "META-INF/services/org.example.Service", "io/github/transfuse/imagej/A.class"),
                names(site.resolve("plugins/TransFuse_-1.jar")));
        assertEquals(join(legal, "backbones/vit.safetensors"), names(site.resolve("jars/transfuse-backbones.jar")));
        assertEquals(
                join(legal, "models/index.txt", "models/nuclei/model.json", "models/nuclei/weights.safetensors"),
                names(site.resolve("jars/transfuse-model-nuclei.jar")));
        try (ZipFile jar = new ZipFile(
                        site.resolve("jars/transfuse-model-skin.jar").toFile());
                InputStream in = jar.getInputStream(jar.getEntry("models/index.txt"))) {
            assertEquals("skin\n", new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    /** The plugin that was built, divided: no class of it needs QuPath or JavaFX, which Fiji's updater would then bring. */
    @Test
    void nothingButTheHostsNeedsQupath() throws IOException {
        Path classes = Path.of("target", "classes", "io", "github", "transfuse");
        try (Stream<Path> all = Files.walk(classes)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                String place = classes.relativize(file).toString().replace('\\', '/');
                String code = Files.readString(file, StandardCharsets.ISO_8859_1);
                if (!place.startsWith("qupath/") && !place.startsWith("slide/")) {
                    assertFalse(code.contains("javafx/") || code.contains("qupath/lib/"), place);
                    assertFalse(code.contains("org/locationtech/jts"), place);
                }
            }
        }
        assertTrue(Files.exists(classes.resolve("qupath")));
    }

    private static List<String> join(List<String> first, String... more) {
        return Stream.concat(first.stream(), Stream.of(more)).sorted().toList();
    }

    private static List<String> names(Path jar) throws IOException {
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            return zip.stream().map(Object::toString).sorted().toList();
        }
    }

    private static byte[] withStamps(Path served, String stamp) throws IOException {
        try (InputStream in = new GZIPInputStream(Files.newInputStream(served.resolve("db.xml.gz")));
                ByteArrayOutputStream bytes = new ByteArrayOutputStream()) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
                out.write(text.replaceAll("timestamp=\"\\d+\"", "timestamp=\"" + stamp + "\"")
                        .getBytes(StandardCharsets.UTF_8));
            }
            return bytes.toByteArray();
        }
    }

    private static Map<String, Element> records(Path served) throws Exception {
        try (InputStream in = new GZIPInputStream(Files.newInputStream(served.resolve("db.xml.gz")))) {
            Document document =
                    DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(in);
            Map<String, Element> records = new LinkedHashMap<>();
            NodeList plugins = document.getElementsByTagName("plugin");
            for (int i = 0; i < plugins.getLength(); i++) {
                Element plugin = (Element) plugins.item(i);
                records.put(plugin.getAttribute("filename"), plugin);
            }
            return records;
        }
    }

    private static Element version(Element plugin) {
        return (Element) plugin.getElementsByTagName("version").item(0);
    }

    private static String checksum(Map<String, Element> records, String name) {
        return version(records.get(name)).getAttribute("checksum");
    }

    private static List<String> olds(Element plugin) {
        return attributes(plugin.getElementsByTagName("previous-version"));
    }

    private static List<String> attributes(NodeList nodes) {
        return Stream.iterate(0, i -> i < nodes.getLength(), i -> i + 1)
                .map(i -> ((Element) nodes.item(i)).getAttribute("checksum"))
                .toList();
    }

    private static List<String> texts(Element plugin, String tag) {
        NodeList nodes = plugin.getElementsByTagName(tag);
        return Stream.iterate(0, i -> i < nodes.getLength(), i -> i + 1)
                .map(i -> nodes.item(i).getTextContent())
                .toList();
    }
}
