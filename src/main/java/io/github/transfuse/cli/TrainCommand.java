package io.github.transfuse.cli;

import io.github.transfuse.Task;
import io.github.transfuse.TransFuse;
import io.github.transfuse.engine.EpochReport;
import io.github.transfuse.engine.TrainingListener;
import io.github.transfuse.model.ModelFolder;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code transfuse train}: images and masks become a model. */
final class TrainCommand implements Subcommand {
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
                "transfuse train --images images --masks masks --output my-model --resume",
                "transfuse train --images images --masks masks --output mine --start-from skin-lesion --epochs 20");
    }

    @Override
    public void addOptions(CommandSpec spec) {
        SettingOptions.add(spec, Task.TRAIN);
    }

    @Override
    public int run(ParseResult parsed, Terminal terminal) throws IOException {
        ModelFolder model = TransFuse.train(SettingOptions.read(parsed, Task.TRAIN), new Lines(terminal));
        terminal.out().println("Model: " + model.path());
        return 0;
    }

    /** A line for each epoch. */
    private record Lines(Terminal terminal) implements TrainingListener {
        @Override
        public void epoch(EpochReport report) {
            terminal.out()
                    .printf(
                            Locale.ROOT,
                            "epoch %d/%d  loss %.4f  validation loss %.4f  Dice %.4f  IoU %.4f  %.1f s  %.1f images/s%s%n",
                            report.epoch(),
                            report.epochs(),
                            report.training().loss(),
                            report.validation().loss(),
                            report.validation().dice(),
                            report.validation().iou(),
                            report.timing().seconds(),
                            report.timing().imagesPerSecond(),
                            report.timing().best() ? "  best so far" : "");
            terminal.out().flush();
        }

        @Override
        public void note(String sentence) {
            terminal.err().println("note: " + sentence);
        }
    }
}
