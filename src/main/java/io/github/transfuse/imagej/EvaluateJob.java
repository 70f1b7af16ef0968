package io.github.transfuse.imagej;

import ij.IJ;
import ij.plugin.BrowserLauncher;
import io.github.transfuse.TransFuse;
import io.github.transfuse.evaluation.Evaluation;
import io.github.transfuse.evaluation.EvaluationReport;
import io.github.transfuse.settings.Keys;
import io.github.transfuse.settings.Settings;
import io.github.transfuse.view.EvaluationPage;
import java.awt.GraphicsEnvironment;
import java.io.IOException;
import java.nio.file.Path;

/** Evaluates a model: what both kinds of command do once they have their settings. */
final class EvaluateJob {
    private EvaluateJob() {}

    /**
     * Evaluates on this thread, with folders or open images; progress goes to the status bar, and the figures to the log. Without a macro the report
     * opens in the browser.
     *
     * @return the report page; the table lies beside it
     * @throws IOException if folders or the model cannot be read, no image could be evaluated, or the results cannot be
     *     written
     * @throws java.util.concurrent.CancellationException if the user pressed Esc
     */
    static Path run(Settings asked) throws IOException {
        try (TransFuse model = TransFuse.load(Evaluation.segmenting(asked))) {
            Settings settings =
                    OpenTrainingImages.forEvaluating(asked, model.model().spec(), IJ::log);
            Evaluation evaluation = Evaluation.of(model, settings);
            try (EvaluationStatus status =
                    new EvaluationStatus(evaluation.images().size())) {
                EvaluationReport report = evaluation.run(status, EvaluationPage::html);
                Path page = settings.folder(Keys.OUTPUT).resolve(EvaluationReport.HTML);
                report.lines().forEach(IJ::log);
                IJ.log("The report is " + page);
                if (report.scores().isEmpty()) {
                    throw new IOException("No image could be evaluated. See " + page);
                }
                show(page);
                return page;
            }
        }
    }

    private static void show(Path page) throws IOException {
        if (!GraphicsEnvironment.isHeadless() && !IJ.isMacro()) {
            BrowserLauncher.openURL(page.toUri().toString());
        }
    }
}
