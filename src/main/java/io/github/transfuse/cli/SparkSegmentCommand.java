package io.github.transfuse.cli;

import io.github.transfuse.batch.BatchRun;
import io.github.transfuse.batch.DistributedRun;
import io.github.transfuse.settings.Settings;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code transfuse spark segment}: as {@code transfuse segment}, on the computers of a cluster. */
final class SparkSegmentCommand implements Subcommand {
    @Override
    public String name() {
        return "segment";
    }

    @Override
    public String description() {
        return "Segments images with Apache Spark: the files of transfuse segment, and manifest.parquet.";
    }

    @Override
    public List<String> examples() {
        return List.of(
                "transfuse spark segment --model nuclei --input plates --output labels --recursive",
                "transfuse spark segment --master spark://head:7077 --model nuclei --input plates --output labels"
                        + " --skip-existing");
    }

    @Override
    public void addOptions(CommandSpec spec) {
        new SegmentCommand().addOptions(spec);
        spec.addOption(Cluster.option());
    }

    @Override
    public int run(ParseResult parsed, Terminal terminal) throws IOException {
        Settings settings = SegmentCommand.settings(parsed);
        BatchRun.Report report;
        try (ClusterLines lines = new ClusterLines(terminal)) {
            report = Cluster.use(DistributedRun.class, run -> run.segment(settings, Cluster.master(parsed), lines));
        }
        terminal.out()
                .printf(
                        Locale.ROOT,
                        "%d segmented, %s%d failed in %.1f s; the workers had work %.0f %% of the time%n",
                        report.done(),
                        report.kept() == 0 ? "" : report.kept() + " kept, ",
                        report.failed(),
                        report.seconds(),
                        100 * report.computing());
        return report.failed() == 0 ? 0 : Main.FAILED;
    }
}
