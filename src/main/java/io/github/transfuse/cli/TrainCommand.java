package io.github.transfuse.cli;

import io.github.transfuse.TransFuse;
import io.github.transfuse.engine.EpochReport;
import io.github.transfuse.engine.TrainingListener;
import io.github.transfuse.evaluation.CrossValidation;
import io.github.transfuse.files.Pictures;
import io.github.transfuse.files.WholeFile;
import io.github.transfuse.settings.Keys;
import io.github.transfuse.settings.Settings;
import io.github.transfuse.settings.Task;
import io.github.transfuse.training.TrainingProposal;
import io.github.transfuse.view.MaskPicture;
import io.github.transfuse.view.TrainingPictures;
import io.github.transfuse.view.Undrawn;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** {@code transfuse train}: images and masks become a model. */
final class TrainCommand implements Subcommand {
    private static final String DRY_RUN = "--dry-run";

    @Override
    public String name() {
        return "train";
    }

    @Override
    public String description() {
        return "Trains a model from images and masks of the same names.";
    }

    @Override
    public List<String> examples() {
        return List.of(
                "transfuse train --images images --masks masks --output my-model",
                "transfuse train --images images --masks masks --output my-model --dry-run",
                "transfuse train --images images --masks masks --output my-model --resume",
                "transfuse train --images images --masks masks --output mine --start-from skin-lesion --epochs 20");
    }

    @Override
    public boolean computes() {
        return true;
    }

    @Override
    public void addOptions(CommandSpec spec) {
        SettingOptions.add(spec, Task.TRAIN);
        spec.addOption(OptionSpec.builder(DRY_RUN)
                .type(boolean.class)
                .description(
                        "Makes every check of a training, prints the values that would be chosen and the memory it takes, and stops. "
                                + "OUTPUT-dry-run.png shows how masks are read.")
                .build());
    }

    @Override
    public int run(ParseResult parsed, Terminal terminal) throws IOException {
        Settings settings = SettingOptions.read(parsed, Task.TRAIN);
        if (parsed.hasMatchedOption(DRY_RUN)) {
            TrainingProposal proposal = TransFuse.propose(settings);
            proposal.sentences()
                    .forEach(line -> terminal.out().println(terminal.names().within(line)));
            CrossValidation.sentence(settings)
                    .ifPresent(line -> terminal.out().println(terminal.names().within(line)));
            TransFuse.rehearse(settings).stream()
                    .filter(note -> isNew(note, proposal.sentences()))
                    .forEach(note ->
                            terminal.out().println("note: " + terminal.names().within(note)));
            settings.get(Keys.OUTPUT).ifPresent(output -> show(settings, output, terminal));
            terminal.out().println("transfuse train" + proposal.settings().commandLine());
            return 0;
        }
        Lines lines = new Lines(terminal);
        Path model = CrossValidation.train(settings, own -> TrainingPictures.beside(own, lines));
        terminal.out().println("Model: " + terminal.names().of(model));
        return 0;
    }

    /** A picture beside the folder of the model, so that this does not look begun. What cannot be drawn is no fault of the data. */
    private static void show(Settings settings, Path output, Terminal terminal) {
        Path file = output.toAbsolutePath().normalize();
        file = file.resolveSibling(file.getFileName() + "-dry-run.png");
        try {
            TrainingProposal.Shown masks = TrainingProposal.masks(settings);
            BufferedImage picture = MaskPicture.draw(masks.images(), masks.classes());
            Files.createDirectories(file.getParent());
            WholeFile.write(file, out -> Pictures.writePng(picture, out));
            terminal.out().println("How the masks are read: " + terminal.names().of(file));
        } catch (IOException e) {
            undrawn(e.getMessage(), terminal);
        } catch (LinkageError | InternalError e) {
            undrawn(Undrawn.reason(e), terminal);
        }
    }

    private static void undrawn(String reason, Terminal terminal) {
        terminal.out().println("note: The picture of the masks cannot be written: " + reason);
    }

    /** Whether a note of the run is not in what was said of the images, where it may end or begin in another way. */
    private static boolean isNew(String note, List<String> said) {
        String words = note.toLowerCase(Locale.ROOT).replaceFirst("\\.$", "");
        return said.stream()
                .noneMatch(sentence -> sentence.toLowerCase(Locale.ROOT).contains(words));
    }

    /** A line for each epoch. */
    record Lines(Terminal terminal) implements TrainingListener {
        @Override
        public void epoch(EpochReport report) {
            terminal.out().println(report.toLine());
            terminal.out().flush();
        }

        @Override
        public void note(String sentence) {
            terminal.err().println("note: " + terminal.names().within(sentence));
        }
    }
}
