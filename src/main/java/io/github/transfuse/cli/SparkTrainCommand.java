package io.github.transfuse.cli;

import io.github.transfuse.evaluation.DistributedTraining;
import io.github.transfuse.settings.Settings;
import io.github.transfuse.settings.Task;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code transfuse spark train}: as {@code transfuse train --folds}, a fold on each computer of a cluster. */
final class SparkTrainCommand implements Subcommand {
    @Override
    public String name() {
        return "train";
    }

    @Override
    public String description() {
        return "Trains a model for each fold with Apache Spark: the files of transfuse train --folds. Images, masks and"
                + " output folder must be on a disk that all computers share.";
    }

    @Override
    public List<String> examples() {
        return List.of(
                "transfuse spark train --images images --masks masks --output my-models --folds 5",
                "transfuse spark train --master spark://head:7077 --images images --masks masks --output my-models"
                        + " --folds 5 --resume");
    }

    @Override
    public void addOptions(CommandSpec spec) {
        SettingOptions.add(spec, Task.TRAIN);
        spec.addOption(Cluster.option());
    }

    @Override
    public int run(ParseResult parsed, Terminal terminal) throws IOException {
        Settings settings = SettingOptions.read(parsed, Task.TRAIN);
        Path models = Cluster.use(
                DistributedTraining.class,
                cluster -> cluster.train(settings, Cluster.master(parsed), new TrainCommand.Lines(terminal)));
        terminal.out().println("Models: " + terminal.names().of(models));
        return 0;
    }
}
