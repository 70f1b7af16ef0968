import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.commonmark.Extension;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.ext.heading.anchor.HeadingAnchorExtension;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Heading;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;
import org.commonmark.renderer.text.TextContentRenderer;

/**
 * Makes pages for browsers of README.md, of docs/ and of the other pages that these link to, with the files that they show
 * or link to. The pages need no server and no script.
 *
 * <p>Started with commonmark-java on the class path as {@code java Site.java PROJECT OUTPUT VERSION}. A link that leads
 * nowhere ends it with exit code 1 and names page and link; nothing stays then.
 */
final class Site {
    private static final List<Extension> EXTENSIONS = List.of(TablesExtension.create(), HeadingAnchorExtension.create());
    private static final Parser PARSER = Parser.builder().extensions(EXTENSIONS).build();
    private static final HtmlRenderer HTML = HtmlRenderer.builder().extensions(EXTENSIONS).build();
    private static final Pattern REFERENCE = Pattern.compile("(?:href|src)=\"([^\"]*)\"");
    private static final Pattern ID = Pattern.compile("id=\"([^\"]*)\"");
    private static final Pattern ELSEWHERE = Pattern.compile("[a-z]+:.*");

    private final Path project;
    private final Path output;
    private final String version;

    /** HTML of each page of the project, and the files that pages link to. */
    private final Map<Path, Page> pages = new TreeMap<>();

    private final Set<Path> files = new TreeSet<>();

    private record Page(String title, String html) {}

    private Site(Path project, Path output, String version) {
        this.project = project;
        this.output = output;
        this.version = version;
    }

    public static void main(String[] args) throws IOException {
        Site site = new Site(Path.of(args[0]).toAbsolutePath().normalize(), Path.of(args[1]).toAbsolutePath(), args[2]);
        site.read();
        List<String> broken = site.broken();
        if (!broken.isEmpty()) {
            broken.forEach(System.err::println);
            System.exit(1);
        }
        site.write();
    }

    private void read() throws IOException {
        List<Path> sources = new ArrayList<>();
        for (String name : List.of("README.md", "CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md", "update-site/README.md")) {
            sources.add(Path.of(name));
        }
        try (Stream<Path> docs = Files.list(project.resolve("docs"))) {
            docs.filter(file -> file.toString().endsWith(".md")).map(project::relativize).forEach(sources::add);
        }
        for (Path source : sources) {
            Node page = PARSER.parse(Files.readString(project.resolve(source)));
            Rewriter rewriter = new Rewriter(source, sources);
            page.accept(rewriter);
            pages.put(source, new Page(rewriter.title, HTML.render(page)));
        }
    }

    /** Where a page of the project lies in the site: README.md is index.html. */
    private static Path place(Path source) {
        String name = source.getFileName().toString().replaceAll("\\.md$", ".html").replace("README.html", "index.html");
        return source.resolveSibling(name);
    }

    /** Lets links lead to pages of the site, and finds the title. */
    private final class Rewriter extends AbstractVisitor {
        private final Path source;
        private final List<Path> sources;
        private String title = "";

        Rewriter(Path source, List<Path> sources) {
            this.source = source;
            this.sources = sources;
        }

        @Override
        public void visit(Heading heading) {
            if (title.isEmpty()) {
                title = TextContentRenderer.builder().build().render(heading).strip();
            }
            visitChildren(heading);
        }

        @Override
        public void visit(Image image) {
            image.setDestination(rewritten(image.getDestination()));
            visitChildren(image);
        }

        @Override
        public void visit(Link link) {
            visitChildren(link);
            String to = rewritten(link.getDestination());
            if (to.isEmpty()) {
                // A folder of the sources, which the site does not have
                for (Node child = link.getFirstChild(); child != null; child = link.getFirstChild()) {
                    link.insertBefore(child);
                }
                link.unlink();
            } else {
                link.setDestination(to);
            }
        }

        private String rewritten(String link) {
            if (ELSEWHERE.matcher(link).matches() || link.startsWith("#")) {
                return link;
            }
            String[] parts = link.split("#", 2);
            Path target = Path.of("/").relativize(Path.of("/").resolve(source).resolveSibling(parts[0]).normalize());
            if (Files.isDirectory(project.resolve(target))) {
                return "";
            }
            Path here = place(source).toAbsolutePath().getParent();
            if (sources.contains(target)) {
                String page = here.relativize(place(target).toAbsolutePath()).toString().replace('\\', '/');
                return parts.length == 1 ? page : page + "#" + parts[1];
            }
            if (Files.isRegularFile(project.resolve(target))) {
                files.add(target);
            }
            return link;
        }
    }

    /** Links of pages that lead to no file of the site, or to no heading. */
    private List<String> broken() {
        Map<Path, Set<String>> anchors = new TreeMap<>();
        pages.forEach((source, page) -> anchors.put(place(source), all(ID, page.html)));
        List<String> broken = new ArrayList<>();
        pages.forEach((source, page) -> {
            for (String link : all(REFERENCE, page.html)) {
                String[] parts = link.split("#", 2);
                Path target = parts[0].isEmpty()
                        ? place(source)
                        : place(source).resolveSibling(parts[0]).normalize();
                boolean heading = parts.length == 1 || anchors.getOrDefault(target, Set.of()).contains(parts[1]);
                boolean there = anchors.containsKey(target) || files.contains(target);
                if (!ELSEWHERE.matcher(link).matches() && !(there && heading)) {
                    broken.add(source + ": the link " + link + " leads nowhere");
                }
            }
        });
        return broken;
    }

    private static Set<String> all(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(found -> found.group(1)).collect(Collectors.toCollection(HashSet::new));
    }

    private void write() throws IOException {
        for (Path source : pages.keySet()) {
            Path file = output.resolve(place(source));
            Files.createDirectories(file.getParent());
            Files.writeString(file, page(source));
        }
        for (Path file : files) {
            Path copy = output.resolve(file);
            Files.createDirectories(copy.getParent());
            Files.copy(project.resolve(file), copy, StandardCopyOption.REPLACE_EXISTING);
        }
        Files.copy(
                project.resolve("update-site/site.css"), output.resolve("site.css"), StandardCopyOption.REPLACE_EXISTING);
    }

    private String page(Path source) throws IOException {
        Path here = place(source).toAbsolutePath().getParent();
        String root = here.relativize(Path.of("").toAbsolutePath()).toString().replace('\\', '/');
        String up = root.isEmpty() ? "" : root + "/";
        String list = pages.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith("docs") && !entry.getKey().endsWith("README.md"))
                .map(entry -> item(up, entry.getKey(), entry.getValue(), source))
                .collect(Collectors.joining("\n"));
        Map<String, String> values = Map.of(
                "TITLE", escaped(pages.get(source).title),
                "UP", up,
                "VERSION", escaped(version),
                "PAGES", list,
                "BODY", pages.get(source).html);
        return Pattern.compile("@([A-Z]+)@")
                .matcher(Files.readString(project.resolve("update-site/site.html")))
                .replaceAll(found -> Matcher.quoteReplacement(values.get(found.group(1))));
    }

    private static String item(String up, Path source, Page page, Path current) {
        String mark = source.equals(current) ? " aria-current=\"page\"" : "";
        return "<li><a href=\"" + up + place(source).toString().replace('\\', '/') + "\"" + mark + ">"
                + escaped(page.title) + "</a></li>";
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
    }
}
