package io.github.transfuse.cli;

import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code transfuse spark}: what a cluster does. */
final class SparkCommand implements Subcommand {
    @Override
    public String name() {
        return "spark";
    }

    @Override
    public String description() {
        return "Segments, evaluates and trains on the computers of a cluster, with Apache Spark.";
    }

    @Override
    public List<String> examples() {
        return subcommands().stream()
                .flatMap(command -> command.examples().stream())
                .toList();
    }

    @Override
    public void addOptions(CommandSpec spec) {
        // Those of the commands below
    }

    @Override
    public List<Subcommand> subcommands() {
        return List.of(new SparkSegmentCommand(), new SparkEvaluateCommand(), new SparkTrainCommand());
    }

    @Override
    public int run(ParseResult parsed, Terminal terminal) {
        return Main.USAGE;
    }
}
