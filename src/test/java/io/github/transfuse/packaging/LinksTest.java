package io.github.transfuse.packaging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Links between pages lead to a file and a heading that there are, and the index knows every page. */
class LinksTest {
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ +(.+)$");
    private static final Pattern CODE = Pattern.compile("(?s)```.*?```");
    private static final Path DOCS = Path.of("docs");

    private static List<Path> pages() throws IOException {
        List<Path> pages = new ArrayList<>(List.of(
                Path.of("README.md"),
                Path.of("CONTRIBUTING.md"),
                Path.of("SECURITY.md"),
                Path.of("update-site", "README.md")));
        try (Stream<Path> docs = Files.list(DOCS)) {
            docs.filter(file -> file.toString().endsWith(".md")).sorted().forEach(pages::add);
        }
        return pages;
    }

    private static Set<String> anchors(Path page) throws IOException {
        return HEADING.matcher(CODE.matcher(Files.readString(page)).replaceAll(""))
                .results()
                .map(found -> anchor(found.group(1)))
                .collect(Collectors.toSet());
    }

    /** As GitHub makes them. */
    private static String anchor(String heading) {
        return heading.strip()
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N} _-]", "")
                .replace(' ', '-');
    }

    private static boolean leadsSomewhere(Path page, String link) throws IOException {
        String[] parts = link.split("#", 2);
        Path target = parts[0].isEmpty() ? page : page.resolveSibling(parts[0]).normalize();
        return Files.exists(target) && (parts.length == 1 || anchors(target).contains(parts[1]));
    }

    @Test
    void everyLinkLeadsSomewhere() throws IOException {
        List<String> broken = new ArrayList<>();
        int count = 0;
        for (Path page : pages()) {
            String text = CODE.matcher(Files.readString(page)).replaceAll("");
            for (MatchResult found : LINK.matcher(text).results().toList()) {
                String link = found.group(1);
                if (!link.contains("://") && !link.startsWith("mailto:")) {
                    count++;
                    if (!leadsSomewhere(page, link)) {
                        broken.add(page + " -> " + link);
                    }
                }
            }
        }
        assertEquals(List.of(), broken);
        assertTrue(count > 30, "links seen: " + count);
    }

    @Test
    void theIndexNamesEveryPage() throws IOException {
        String index = Files.readString(DOCS.resolve("README.md"));
        List<String> left = pages().stream()
                .filter(page -> page.startsWith(DOCS))
                .map(page -> page.getFileName().toString())
                .filter(name -> !name.equals("README.md") && !index.contains("(" + name + ")"))
                .toList();
        assertEquals(List.of(), left);
    }
}
