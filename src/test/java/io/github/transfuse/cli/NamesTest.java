package io.github.transfuse.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NamesTest {
    @TempDir
    Path folder;

    private Path images;

    @BeforeEach
    void make() throws IOException {
        images = Files.createDirectories(folder.resolve("Anna Secret").resolve("images"));
        Files.writeString(images.resolve("a.png"), "");
    }

    private String shown(String text, String... arguments) {
        return new Names(List.of(arguments)).within(text);
    }

    @Test
    void whatTheCommandLineNamesIsShownFromItsLastFolderOn() throws IOException {
        String text = images + "/deep/b.png: bad. See " + images.resolve("a.png") + ".";
        String expected = "images/deep/b.png: bad. See images/a.png.";
        assertEquals(expected, shown(text, "segment", images.toString()));
        assertEquals(expected, shown(text, "segment", "--input=" + images));
        assertEquals(expected, shown(text, "--input", images + "/"));
        assertEquals(expected, shown(text, images + "/**/*.png"));
        assertEquals(expected, shown(text, images + "/a.png"));
        assertEquals(expected, shown(text, images.resolveSibling("masks") + "/../images"));
        Path link = Files.createSymbolicLink(folder.resolve("link"), images);
        assertEquals(expected, shown(text, link.toString()), "as the system calls it");
        assertEquals(text, shown(text, "segment", "images"));
        assertEquals("main/b.png is bad", shown("src/main/b.png is bad", "src/main"), "as it was typed");
    }

    @Test
    void wholePathsAreShownIfAskedFor() {
        String text = images.resolve("a.png").toString();
        assertEquals(text, shown(text, images.toString(), "--keep-paths"));
        assertEquals(text, shown(text, images.toString(), "--keep-paths=true"));
        assertEquals(text, shown(text, "--keep-paths", "true", images.toString()));
        assertEquals("images/a.png", shown(text, images.toString(), "--keep-paths", "false"));
        assertEquals("images/a.png", shown(text, images.toString(), "--keep-paths=false"));
        assertEquals(text, new Names(List.of("--keep-paths")).of(Path.of(text)));
    }

    @Test
    void aNameCannotPretendToBeAMessage() {
        assertEquals("x/a?b.png", new Names(List.of()).of(Path.of("/y/x/a\nb.png")));
    }
}
