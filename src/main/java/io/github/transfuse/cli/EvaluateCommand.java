package io.github.transfuse.cli;

import io.github.transfuse.TransFuse;
import io.github.transfuse.evaluation.CaseScore;
import io.github.transfuse.evaluation.Evaluation;
import io.github.transfuse.evaluation.EvaluationListener;
import io.github.transfuse.evaluation.EvaluationReport;
import io.github.transfuse.evaluation.Measure;
import io.github.transfuse.settings.Keys;
import io.github.transfuse.settings.Settings;
import io.github.transfuse.settings.Task;
import io.github.transfuse.view.EvaluationPage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code transfuse evaluate}: images and masks become a table and a page of how good a model is. */
final class EvaluateCommand implements Subcommand {
    @Override
    public String name() {
        return "evaluate";
    }

    @Override
    public String description() {
        return "Scores a model on images with masks: writes " + EvaluationReport.CSV + " and " + EvaluationReport.HTML
                + ". With --precision auto it also checks bf16 and int8 and records the results in the model folder.";
    }

    @Override
    public List<String> examples() {
        return List.of(
                "transfuse evaluate --model skin-lesion --images images --masks masks --output results",
                "transfuse evaluate --model my-nuclei --images images --masks masks --mask-type instances --output results",
                "transfuse evaluate --model my-model --images images --masks masks --output results --precision auto");
    }

    @Override
    public boolean computes() {
        return true;
    }

    @Override
    public void addOptions(CommandSpec spec) {
        SettingOptions.add(spec, Task.EVALUATE);
    }

    @Override
    public int run(ParseResult parsed, Terminal terminal) throws IOException {
        Settings settings = SettingOptions.read(parsed, Task.EVALUATE);
        try (TransFuse model = TransFuse.load(Evaluation.segmenting(settings))) {
            Evaluation evaluation = Evaluation.of(model, settings);
            return tell(evaluation.run(new Lines(terminal), EvaluationPage::html), terminal);
        }
    }

    /**
     * Tells what was found and where it is written.
     *
     * @return the exit code
     */
    static int tell(EvaluationReport report, Terminal terminal) {
        Path folder = report.settings().folder(Keys.OUTPUT);
        report.lines().forEach(line -> terminal.out().println(terminal.names().within(line)));
        terminal.out().println("Table: " + terminal.names().of(folder.resolve(EvaluationReport.CSV)));
        terminal.out().println("Report: " + terminal.names().of(folder.resolve(EvaluationReport.HTML)));
        return report.failures().isEmpty() ? 0 : Main.FAILED;
    }

    /** A line for each image and class. */
    record Lines(Terminal terminal) implements EvaluationListener {
        @Override
        public void scored(Path image, List<CaseScore> scores) {
            for (CaseScore score : scores) {
                terminal.out()
                        .printf(
                                Locale.ROOT,
                                "%s  %s  Dice %.4f  IoU %.4f%n",
                                score.image(),
                                score.className(),
                                Measure.DICE.of(score),
                                Measure.IOU.of(score));
            }
            terminal.out().flush();
        }

        @Override
        public void failed(Path image, Throwable cause) {
            terminal.err()
                    .println("transfuse: " + terminal.names().of(image) + ": "
                            + terminal.names().within(Messages.of(cause), image));
        }

        @Override
        public void note(String sentence) {
            terminal.err().println("note: " + terminal.names().within(sentence));
        }
    }
}
