package io.github.transfuse.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.transfuse.RandomModels;
import io.github.transfuse.SampleImage;
import io.github.transfuse.model.InputSpec;
import io.github.transfuse.settings.Keys;
import io.github.transfuse.settings.Settings;
import io.github.transfuse.training.TrainingPlanner;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Folders carry the names of people; nothing that is passed on may. */
class PrivacyTest {
    private static final String PERSON = "Anna_Secret_1955";

    @TempDir
    Path folder;

    private Path person;
    private Path images;
    private Path masks;
    private Path model;

    @BeforeEach
    void write() throws IOException {
        person = Files.createDirectories(folder.resolve(PERSON));
        images = Files.createDirectories(person.resolve("images"));
        masks = Files.createDirectories(person.resolve("masks"));
        model = person.resolve("model");
        RandomModels.write(model, InputSpec.Rule.RESIZE, 7);
        Path image = SampleImage.MOLE.copyTo(images);
        BufferedImage seen = ImageIO.read(image.toFile());
        BufferedImage mask = new BufferedImage(seen.getWidth(), seen.getHeight(), BufferedImage.TYPE_BYTE_GRAY);
        mask.getRaster().setSample(9, 9, 0, 255);
        String stem = image.getFileName().toString().replaceFirst("\\.[^.]*$", "");
        ImageIO.write(mask, "png", masks.resolve(stem + ".png").toFile());
    }

    private static void run(String... arguments) {
        StringWriter err = new StringWriter();
        assertEquals(0, Main.run(new PrintWriter(new StringWriter()), new PrintWriter(err), arguments), err.toString());
    }

    /** Files that name the person. */
    private static List<String> naming(Path output) throws IOException {
        List<String> naming = new ArrayList<>();
        try (Stream<Path> files = Files.walk(output)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                if (Files.readString(file, StandardCharsets.ISO_8859_1).contains(PERSON)) {
                    naming.add(file.getFileName().toString());
                }
            }
        }
        return naming;
    }

    private String[] segment(Path output, String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "segment",
                images.toString(),
                "--model",
                model.toString(),
                "--output",
                output.toString(),
                "--overlay",
                "--probabilities",
                "--table"));
        arguments.addAll(List.of(more));
        return arguments.toArray(String[]::new);
    }

    @Test
    void segmentingRecordsNamesAndLastFoldersUnlessAskedForMore() throws IOException {
        Path output = folder.resolve("out");
        run(segment(output));
        assertEquals(List.of(), naming(output));
        String record = Files.readString(output.resolve("mole-labels.json"));
        assertTrue(record.contains("images/mole"), record);
        Path whole = folder.resolve("whole");
        run(segment(whole, "--keep-paths"));
        assertTrue(naming(whole).contains("mole-labels.json"), naming(whole)::toString);
    }

    @Test
    void evaluatingToo() throws IOException {
        Path output = folder.resolve("out");
        Files.writeString(images.resolve("damaged.png"), "no picture");
        Files.copy(masks.resolve("mole.png"), masks.resolve("damaged.png"));
        StringWriter err = new StringWriter();
        Main.run(
                new PrintWriter(new StringWriter()),
                new PrintWriter(err),
                "evaluate",
                "--images",
                images.toString(),
                "--masks",
                masks.toString(),
                "--model",
                model.toString(),
                "--output",
                output.toString());
        assertTrue(Files.readString(output.resolve("report.html")).contains("images/damaged.png"), err.toString());
        assertEquals(List.of(), naming(output));
    }

    @Test
    void theCommandOfATrainingHasNoFolders() throws IOException {
        Settings settings = Settings.training()
                .with(Keys.IMAGES.name(), images)
                .with(Keys.MASKS.name(), masks)
                .with(Keys.OUTPUT.name(), person.resolve("trained"))
                .with(Keys.VALIDATION.name(), "0.5");
        Files.copy(images.resolve("mole.jpg"), images.resolve("second.jpg"));
        Files.copy(masks.resolve("mole.png"), masks.resolve("second.png"));
        List<String> command =
                TrainingPlanner.plan(settings).execution().output().command();
        String line = String.join(" ", command);
        assertFalse(line.contains(PERSON), line);
        assertTrue(line.startsWith("transfuse train --images images --masks masks --output trained"), line);
    }

    /** Everything that a command shows. */
    private static String shown(String... arguments) {
        StringWriter shown = new StringWriter();
        Main.run(new PrintWriter(shown), new PrintWriter(shown), arguments);
        return shown.toString();
    }

    /** What is shown in a terminal is copied into mails and reports. */
    @Test
    void theTerminalShowsNamesAndLastFolders() throws IOException {
        Files.writeString(images.resolve("damaged.png"), "no picture");
        Files.copy(
                images.resolve("mole.jpg"),
                Files.createDirectories(images.resolve("deep/er")).resolve("x.jpg"));
        Files.writeString(images.resolve("deep/er/empty.png"), "");
        String output = person.resolve("out").toString();
        String model = this.model.toString();
        List<String[]> lines = new ArrayList<>();
        for (String input : List.of(images.toString(), images + "/*", images + "/mole.jpg", images + "/damaged.png")) {
            lines.add(new String[] {"segment", input, "--model", model, "--output=" + output, "--recursive"});
        }
        lines.add(new String[] {"segment", images + "/none.png", "--model", model, "--output", output, "--verbose"});
        lines.add(new String[] {"segment", images + "/*.xyz", "--model", model, "--output", output});
        lines.add(new String[] {"segment", images + "/mole.jpg", images + "/mole.jpg", "--output", output});
        lines.add(new String[] {"segment", images.toString(), "--model", person + "/none", "--output", output});
        lines.add(new String[] {"segment", images.toString(), "--model", model, "--output", images + "/mole.jpg"});
        lines.add(new String[] {
            "evaluate", "--images", images.toString(), "--masks", masks.toString(), "--model", model, "--output", output
        });
        lines.add(new String[] {
            "train", "--images", images.toString(), "--masks", person + "/none", "--output", person + "/trained"
        });
        for (String[] line : lines) {
            String shown = shown(line);
            assertFalse(shown.contains(PERSON), String.join(" ", line) + " showed " + shown);
        }
        String all = shown(lines.get(0));
        assertTrue(all.contains("images/mole.jpg (") && all.contains("er/x.jpg ("), all);
        assertTrue(all.contains("images/damaged.png: ") && all.contains("er/empty.png: "), all);
        List<String> whole = new ArrayList<>(List.of(lines.get(0)));
        whole.add("--keep-paths");
        assertTrue(shown(whole.toArray(String[]::new)).contains(images.resolve("mole.jpg") + " ("));
    }
}
