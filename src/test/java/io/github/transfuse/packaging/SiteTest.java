package io.github.transfuse.packaging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.swing.text.AttributeSet;
import javax.swing.text.Element;
import javax.swing.text.ElementIterator;
import javax.swing.text.html.HTML;
import javax.swing.text.html.HTMLDocument;
import javax.swing.text.html.HTMLEditorKit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The site has every page, and its links lead somewhere; a page whose link does not is refused. */
class SiteTest {
    private static final Path PROGRAM = Path.of("update-site", "Site.java").toAbsolutePath();
    private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");

    @TempDir
    Path folder;

    private Started make(Path project, Path output) throws Exception {
        String jars = Arrays.stream(System.getProperty("java.class.path").split(System.getProperty("path.separator")))
                .filter(jar -> Path.of(jar).getFileName().toString().startsWith("commonmark"))
                .collect(Collectors.joining(System.getProperty("path.separator")));
        return Started.in(
                folder,
                Map.of(),
                JAVA,
                "-cp",
                jars,
                PROGRAM.toString(),
                project.toString(),
                output.toString(),
                "1.2.3");
    }

    private static List<Path> pages(Path site) throws IOException {
        try (Stream<Path> files = Files.walk(site)) {
            return files.filter(file -> file.toString().endsWith(".html")).toList();
        }
    }

    @Test
    void hasEveryPage() throws Exception {
        Path site = folder.resolve("site");
        make(Path.of("").toAbsolutePath(), site).ended(0);
        try (Stream<Path> docs = Files.list(Path.of("docs"))) {
            for (Path page :
                    docs.filter(file -> file.toString().endsWith(".md")).toList()) {
                String name =
                        page.getFileName().toString().replace(".md", ".html").replace("README", "index");
                assertTrue(Files.exists(site.resolve("docs").resolve(name)), name);
            }
        }
        String index = Files.readString(site.resolve("index.html"));
        assertTrue(index.contains("1.2.3") && index.contains("href=\"docs/outputs.html\""));
        assertTrue(index.contains("<table>"));
    }

    /** The parser of the JDK sees the links, not our own expression. */
    @Test
    void everyLinkLeadsToAFileOfTheSite() throws Exception {
        Path site = folder.resolve("site");
        make(Path.of("").toAbsolutePath(), site).ended(0);
        List<String> broken = new ArrayList<>();
        int count = 0;
        for (Path page : pages(site)) {
            for (String link : links(page)) {
                URI target = page.toUri().resolve(link);
                if (!"file".equals(target.getScheme())) {
                    continue;
                }
                count++;
                Path file = Path.of(URI.create(target.toString().replaceAll("#.*", "")));
                boolean there = Files.isRegularFile(file) && file.startsWith(site);
                String heading = target.getFragment();
                if (!there || (heading != null && !Files.readString(file).contains("id=\"" + heading + "\""))) {
                    broken.add(site.relativize(page) + " -> " + link);
                }
            }
        }
        assertEquals(List.of(), broken);
        assertTrue(count > 300, "links seen: " + count);
    }

    private static List<String> links(Path page) throws Exception {
        HTMLEditorKit kit = new HTMLEditorKit();
        HTMLDocument document = (HTMLDocument) kit.createDefaultDocument();
        document.putProperty("IgnoreCharsetDirective", true);
        kit.read(Files.newBufferedReader(page), document, 0);
        List<String> links = new ArrayList<>();
        ElementIterator elements = new ElementIterator(document);
        for (Element each = elements.next(); each != null; each = elements.next()) {
            AttributeSet inner = each.getAttributes();
            if (inner.getAttribute(HTML.Tag.A) instanceof AttributeSet link) {
                links.add((String) link.getAttribute(HTML.Attribute.HREF));
            }
            if (inner.getAttribute(HTML.Attribute.SRC) instanceof String picture) {
                links.add(picture);
            }
        }
        return links;
    }

    @Test
    void aLinkThatLeadsNowhereIsNamedAndNothingIsWritten() throws Exception {
        Path project = folder.resolve("project");
        Files.createDirectories(project.resolve("docs"));
        Files.createDirectories(project.resolve("update-site"));
        for (String name :
                List.of("README.md", "CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md", "update-site/README.md")) {
            Files.writeString(project.resolve(name), "# A page\n");
        }
        Files.writeString(
                project.resolve("docs/one.md"),
                "# One\n[good](../README.md#a-page) [gone](two.md) [heading](../README.md#b)\n");
        Path site = folder.resolve("site");
        make(project, site).ended(1).saying("two.md leads nowhere").saying("../index.html#b leads nowhere");
        assertFalse(Files.exists(site));
    }
}
