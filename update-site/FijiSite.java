import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * Makes of the laid-out files what a web server serves to Fiji's updater: {@code db.xml.gz}, and every file under its name
 * and time stamp.
 *
 * <p>Started by assemble.xml as {@code java FijiSite.java SITE SERVED DESCRIPTION [PREVIOUS [TIME]]}. PREVIOUS is the
 * {@code db.xml.gz} that is served today: files that did not change keep their time stamp, and the versions that it knew
 * stay known, so that the updater does not take them for changed by the user. TIME, such as 2026-01-01T00:00:00Z, is the
 * stamp of the others, so that two builds are the same; if something served is as new, the stamp is a second above it.
 */
final class FijiSite {

    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMddHHmmss").withZone(ZoneOffset.UTC);
    private static final String DATABASE = "db.xml.gz";
    private static final String AUTHOR = "The TransFuse authors";

    private final Path site;
    private final String description;
    private final Map<String, Known> previous;
    private final String now;

    private FijiSite(Path site, String description, Map<String, Known> previous, String now) {
        this.site = site;
        this.description = description;
        this.previous = previous;
        this.now = now;
    }

    /** A file as an earlier database knew it; without a checksum if it was removed. */
    private record Known(String checksum, String stamp, List<Old> older) {}

    private record Old(String checksum, String stamp, String obsolete) {}

    private record Served(Path file, String name, String checksum, String stamp) {}

    public static void main(String[] args) throws Exception {
        Path site = Path.of(args[0]);
        Path served = Path.of(args[1]);
        Map<String, Known> previous = args.length > 3 && !args[3].isEmpty() ? read(Path.of(args[3])) : Map.of();
        Instant time = args.length > 4 ? Instant.parse(args[4]) : Instant.now();
        new FijiSite(site, args[2], previous, STAMP.format(after(previous, time))).write(served);
    }

    /** The time, or a second after the newest stamp: the updater takes the greater stamp for the newer file. */
    private static Instant after(Map<String, Known> previous, Instant time) {
        return previous.values().stream()
                .flatMap(known -> Stream.concat(
                        Stream.of(known.stamp),
                        known.older.stream().flatMap(old -> Stream.of(old.stamp, old.obsolete))))
                .filter(stamp -> !stamp.isEmpty())
                .map(stamp -> STAMP.parse(stamp, Instant::from).plusSeconds(1))
                .filter(time::isBefore)
                .max(Instant::compareTo)
                .orElse(time);
    }

    private void write(Path served) throws Exception {
        List<Served> files = new ArrayList<>();
        for (Path file : below(site)) {
            String name = site.relativize(file).toString().replace('\\', '/');
            String checksum = name.endsWith(".jar") ? ofJar(file) : ofFile(file, name);
            Known known = previous.get(name);
            String stamp = known != null && checksum.equals(known.checksum) ? known.stamp : now;
            files.add(new Served(file, name, checksum, stamp));
        }
        for (Served file : files) {
            Path to = served.resolve(file.name + "-" + file.stamp);
            Files.createDirectories(to.getParent());
            link(file.file, to);
        }
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(served.resolve(DATABASE)))) {
            out.write(database(files));
        }
        System.out.println(files.size() + " files, " + size(files) / 1_000_000 + " MB, in " + served.getFileName());
    }

    private static long size(List<Served> files) throws IOException {
        long sum = 0;
        for (Served file : files) {
            sum += Files.size(file.file);
        }
        return sum;
    }

    private static List<Path> below(Path folder) throws IOException {
        try (Stream<Path> found = Files.walk(folder, FileVisitOption.FOLLOW_LINKS)) {
            return found.filter(Files::isRegularFile).sorted().toList();
        }
    }

    /** Native libraries are large: a second name for the same file, or a copy where the disk has no such thing. */
    private static void link(Path from, Path to) throws IOException {
        Files.deleteIfExists(to);
        try {
            Files.createLink(to, from);
        } catch (IOException | UnsupportedOperationException e) {
            Files.copy(from, to);
        }
    }

    private byte[] database(List<Served> files) throws IOException, XMLStreamException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        XMLStreamWriter xml = XMLOutputFactory.newInstance().createXMLStreamWriter(bytes, "UTF-8");
        xml.writeStartDocument("UTF-8", "1.0");
        xml.writeStartElement("pluginRecords");
        Map<String, Known> gone = new TreeMap<>(previous);
        for (Served file : files) {
            record(xml, file, files);
            gone.remove(file.name);
        }
        for (Map.Entry<String, Known> entry : gone.entrySet()) {
            xml.writeStartElement("plugin");
            xml.writeAttribute("filename", entry.getKey());
            older(xml, entry.getValue(), "");
            xml.writeEndElement();
        }
        xml.writeEndElement();
        xml.writeEndDocument();
        xml.close();
        return bytes.toByteArray();
    }

    private void record(XMLStreamWriter xml, Served file, List<Served> all) throws IOException, XMLStreamException {
        xml.writeStartElement("plugin");
        xml.writeAttribute("filename", file.name);
        String[] steps = file.name.split("/");
        if (steps.length == 3 && steps[0].equals("jars")) {
            text(xml, "platform", steps[1]);
        }
        xml.writeStartElement("version");
        xml.writeAttribute("checksum", file.checksum);
        xml.writeAttribute("timestamp", file.stamp);
        xml.writeAttribute("filesize", Long.toString(Files.size(file.file)));
        boolean plugin = file.name.startsWith("plugins/");
        if (plugin) {
            text(xml, "description", description);
            for (Served other : all) {
                // Natives come with their platform; the updater would bring those of all platforms as dependencies
                if (other.name.matches("jars/[^/]+\\.jar")) {
                    xml.writeEmptyElement("dependency");
                    xml.writeAttribute("filename", other.name);
                    xml.writeAttribute("timestamp", other.stamp);
                }
            }
            text(xml, "author", AUTHOR);
        }
        xml.writeEndElement();
        if (previous.containsKey(file.name)) {
            older(xml, previous.get(file.name), file.checksum);
        }
        xml.writeEndElement();
    }

    private void older(XMLStreamWriter xml, Known known, String current) throws XMLStreamException {
        List<Old> all = new ArrayList<>(known.older);
        if (!known.checksum.isEmpty() && !known.checksum.equals(current)) {
            all.add(new Old(known.checksum, known.stamp, now));
        }
        for (Old old : all) {
            xml.writeEmptyElement("previous-version");
            xml.writeAttribute("timestamp", old.stamp);
            xml.writeAttribute("timestamp-obsolete", old.obsolete);
            xml.writeAttribute("checksum", old.checksum);
        }
    }

    private static void text(XMLStreamWriter xml, String tag, String value) throws XMLStreamException {
        xml.writeStartElement(tag);
        xml.writeCharacters(value);
        xml.writeEndElement();
    }

    private static Map<String, Known> read(Path database) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
        Document document;
        try (InputStream in = new GZIPInputStream(Files.newInputStream(database))) {
            document = factory.newDocumentBuilder().parse(in);
        }
        Map<String, Known> known = new TreeMap<>();
        for (Element plugin : elements(document.getDocumentElement(), "plugin")) {
            List<Old> older = new ArrayList<>();
            for (Element old : elements(plugin, "previous-version")) {
                older.add(new Old(
                        old.getAttribute("checksum"),
                        old.getAttribute("timestamp"),
                        old.getAttribute("timestamp-obsolete")));
            }
            List<Element> versions = elements(plugin, "version");
            Known found = versions.isEmpty()
                    ? new Known("", "", older)
                    : new Known(
                            versions.get(0).getAttribute("checksum"), versions.get(0).getAttribute("timestamp"), older);
            known.put(plugin.getAttribute("filename"), found);
        }
        return known;
    }

    private static List<Element> elements(Element parent, String tag) {
        NodeList nodes = parent.getElementsByTagName(tag);
        List<Element> found = new ArrayList<>();
        for (int i = 0; i < nodes.getLength(); i++) {
            found.add((Element) nodes.item(i));
        }
        return found;
    }

    /** The updater's checksum of any other file: over its name and its content. */
    private static String ofFile(Path file, String name) throws IOException, NoSuchAlgorithmException {
        MessageDigest digest = MessageDigest.getInstance("SHA-1");
        digest.update(name.getBytes(StandardCharsets.US_ASCII));
        try (InputStream in = Files.newInputStream(file)) {
            update(digest, in);
        }
        return hex(digest.digest());
    }

    private static void update(MessageDigest digest, InputStream in) throws IOException {
        byte[] buffer = new byte[1 << 16];
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
            digest.update(buffer, 0, read);
        }
    }

    /**
     * The updater's checksum of a jar: over the names and contents of its entries in the order of their names, without the
     * manifest and without the comments of properties, so that building the same again is no new version.
     */
    private static String ofJar(Path file) throws IOException, NoSuchAlgorithmException {
        MessageDigest digest = MessageDigest.getInstance("SHA-1");
        try (JarFile jar = new JarFile(file.toFile())) {
            List<JarEntry> entries =
                    jar.stream().sorted(Comparator.comparing(JarEntry::getName)).toList();
            for (JarEntry entry : entries) {
                digest.update(entry.getName().getBytes(StandardCharsets.US_ASCII));
                try (InputStream in = jar.getInputStream(entry)) {
                    if (entry.getName().endsWith(".properties")) {
                        String lines = new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
                        digest.update(
                                lines.replaceAll("(?md)^#[^\\n]*", "").getBytes(StandardCharsets.ISO_8859_1));
                    } else if (!entry.getName().equals(JarFile.MANIFEST_NAME)) {
                        update(digest, in);
                    }
                }
            }
        }
        return hex(digest.digest());
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
