package io.github.transfuse.cli;

import io.github.transfuse.evaluation.DistributedEvaluation;
import io.github.transfuse.evaluation.EvaluationReport;
import io.github.transfuse.settings.Settings;
import io.github.transfuse.settings.Task;
import io.github.transfuse.view.EvaluationPage;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code transfuse spark evaluate}: as {@code transfuse evaluate}, on the computers of a cluster. */
final class SparkEvaluateCommand implements Subcommand {
    @Override
    public String name() {
        return "evaluate";
    }

    @Override
    public String description() {
        return "Scores a model with Apache Spark: writes the " + EvaluationReport.CSV + " and " + EvaluationReport.HTML
                + " of transfuse evaluate. bf16 is not checked.";
    }

    @Override
    public List<String> examples() {
        return List.of(
                "transfuse spark evaluate --model nuclei --images images --masks masks --output results",
                "transfuse spark evaluate --master spark://head:7077 --model nuclei --images images --masks masks"
                        + " --output results");
    }

    @Override
    public void addOptions(CommandSpec spec) {
        SettingOptions.add(spec, Task.EVALUATE);
        spec.addOption(Cluster.option());
    }

    @Override
    public int run(ParseResult parsed, Terminal terminal) throws IOException {
        Settings settings = SettingOptions.read(parsed, Task.EVALUATE);
        EvaluationReport report = Cluster.use(
                DistributedEvaluation.class,
                cluster -> cluster.evaluate(
                        settings, Cluster.master(parsed), new EvaluateCommand.Lines(terminal), EvaluationPage::html));
        return EvaluateCommand.tell(report, terminal);
    }
}
