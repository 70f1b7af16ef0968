package io.github.transfuse.cli;

import io.github.transfuse.batch.BatchRun;
import io.github.transfuse.batch.DistributedRun;
import io.github.transfuse.engine.EngineUnavailableException;
import io.github.transfuse.settings.Settings;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** {@code transfuse spark segment}: as {@code transfuse segment}, on the computers of a cluster. */
final class SparkSegmentCommand implements Subcommand {
    private static final String MASTER = "--master";

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
        spec.addOption(OptionSpec.builder(MASTER)
                .type(String.class)
                .paramLabel("MASTER")
                .description("Where Spark works, such as spark://head:7077 or yarn. Default: as spark-submit says, or"
                        + " local[*], this computer with all cores.")
                .build());
    }

    @Override
    public int run(ParseResult parsed, Terminal terminal) throws IOException {
        Settings settings = SegmentCommand.settings(parsed);
        BatchRun.Report report;
        try (ClusterLines lines = new ClusterLines(terminal)) {
            report = cluster().segment(settings, parsed.matchedOptionValue(MASTER, ""), lines);
        } catch (NoClassDefFoundError e) {
            throw missing(e);
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

    private static DistributedRun cluster() {
        try {
            Optional<DistributedRun> found = ServiceLoader.load(
                            DistributedRun.class, DistributedRun.class.getClassLoader())
                    .findFirst();
            return found.orElseThrow(() -> new EngineUnavailableException(
                    "transfuse-spark.jar is missing. Put it beside the other jars of TransFuse, in lib."));
        } catch (ServiceConfigurationError | NoClassDefFoundError e) {
            throw missing(e);
        }
    }

    private static EngineUnavailableException missing(Throwable cause) {
        return new EngineUnavailableException(
                "Apache Spark is missing. Install Spark 4 (Scala 2.13) from spark.apache.org, and set SPARK_HOME to its"
                        + " folder.",
                cause);
    }
}
