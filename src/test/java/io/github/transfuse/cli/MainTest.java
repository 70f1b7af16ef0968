package io.github.transfuse.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.transfuse.settings.SettingSpec;
import io.github.transfuse.settings.Settings;
import io.github.transfuse.settings.Task;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class MainTest {
    @TempDir
    Path folder;

    private record Outcome(int code, String out, String err) {}

    private static Outcome run(String... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = Main.run(new PrintWriter(out), new PrintWriter(err), args);
        return new Outcome(code, out.toString(), err.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"segment", "train", "models", "devices", "import"})
    void everyCommandHelpsWithExamples(String command) {
        Outcome outcome = run(command, "--help");
        assertEquals(0, outcome.code());
        assertTrue(outcome.out().contains("Examples:"), outcome.out());
        assertTrue(outcome.out().contains("transfuse " + command), outcome.out());
        assertTrue(run("--help").out().contains(command));
    }

    /** In a process of its own, because other tests load the native side into this one. */
    @Test
    void helpDoesNotTouchTheNativeSide() throws IOException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xlog:class+load",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName(),
                        "segment",
                        "--help")
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(output.contains(Main.class.getName()) && output.contains("Examples:"), output);
        assertFalse(output.contains("org.bytedeco"), output);
    }

    @Test
    void tellsItsVersion() {
        assertTrue(run("--version").out().startsWith("transfuse "));
        assertEquals(0, run("segment", "--version").code());
    }

    @ParameterizedTest
    @CsvSource({"segment,SEGMENT", "train,TRAIN"})
    void optionsAreTheSettings(String command, Task task) {
        Set<String> options = Main.commandLine()
                .getSubcommands()
                .get(command)
                .getCommandSpec()
                .optionsMap()
                .keySet();
        Set<String> missing = task.specs().stream()
                .map(SettingSpec::option)
                .filter(option -> !options.contains(option))
                .collect(Collectors.toSet());
        assertTrue(missing.isEmpty(), missing.toString());
    }

    @Test
    void hyphensAndUnderscoresMeanTheSame() {
        CommandLine.ParseResult hyphens = Main.commandLine()
                .parseArgs("segment", "--tile-size", "256", "--fill-holes=true", "--flips", "--overlay=false", "a_b");
        Settings settings = SettingOptions.read(hyphens.subcommand(), Task.SEGMENT);
        assertEquals("tile_size=256x256 fill_holes=true overlay=false flips=true", settings.toString());
        assertEquals(2, run("segment", "--tile_size=17").code());
        assertTrue(run("segment", "--tile_size=17").err().contains("tile_size = '17'"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "segment|input is missing",
                "segment --sample x.png|not both",
                "segment --input x.png|output is missing",
                "segment --input x.png --output o --threshold 2|above 0 and below 1",
                "segment --treshold 0.5|--threshold",
                "segment x.png --input y.png|given twice",
                "train|output is missing",
                "train --output o|images is missing",
                "import a.pth|--variant",
                "import a.pth --variant Q --output o|Known are T, TFINE, S, L, L384",
                "import a.pth --variant S --output o --align-corners maybe|true or false",
                "segment --input a.png b.png --output o|in quotes",
                "segment a.png b.png --output o|'images/*.png'",
                "segmen x.png|Did you mean segment?",
                "quux x.png|There is no command quux. There are ",
                "segment x.png --value-range 5|There is no option --value-range.",
                "''|segment, train, evaluate"
            })
    void badUsageIsToldInOneLine(String line, String told) {
        Outcome outcome = run(line.isEmpty() ? new String[0] : line.split(" "));
        assertEquals(2, outcome.code(), outcome.err());
        assertTrue(outcome.err().contains(told), outcome.err());
        assertTrue(outcome.err().startsWith("transfuse: "), outcome.err());
        assertFalse(outcome.err().contains("\tat ") || outcome.err().contains("Exception"), outcome.err());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "segment --model no-such-model --input x.png --output OUT|no-such-model",
                "import no-such.pth --variant S --output OUT|no-such.pth",
                "train --images no-such --masks no-such --output OUT|no-such"
            })
    void failuresAreToldInOneLine(String line, String told) {
        String[] args = line.replace("OUT", folder.resolve("out").toString()).split(" ");
        Outcome outcome = run(args);
        assertEquals(1, outcome.code(), outcome.err());
        assertTrue(outcome.err().contains(told), outcome.err());
        assertEquals(1, outcome.err().lines().count(), outcome.err());
        assertFalse(Files.exists(folder.resolve("out")));
    }

    @Test
    void verboseShowsWhere() {
        Outcome outcome = run("import", "no-such.pth", "--variant", "S", "--output", "o", "--verbose");
        assertTrue(outcome.err().contains("    at io.github.transfuse."), outcome.err());
    }

    @Test
    void importRefusesWeightsOfAnotherNetwork() throws IOException {
        Path file = Path.of("..", "shared", "reference", "fixtures", "small_plain.pth");
        assumeTrue(Files.exists(file));
        Path output = folder.resolve("model");
        Outcome outcome = run("import", file.toString(), "--variant", "S", "--output", output.toString());
        assertEquals(1, outcome.code());
        assertTrue(outcome.err().contains("resnet.conv1.weight"), outcome.err());
        assertFalse(Files.exists(output));
    }
}
