package io.github.transfuse.spark;

import io.github.transfuse.TransFuse;
import io.github.transfuse.evaluation.DistributedEvaluation;
import io.github.transfuse.evaluation.Evaluation;
import io.github.transfuse.evaluation.EvaluationListener;
import io.github.transfuse.evaluation.EvaluationPart;
import io.github.transfuse.evaluation.EvaluationReport;
import io.github.transfuse.evaluation.PairWorkers;
import io.github.transfuse.files.TemporaryFolder;
import io.github.transfuse.settings.Settings;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.IntStream;

/** Evaluates with Apache Spark: executors segment and score images, the driver joins what they found and writes it. */
public final class SparkEvaluator implements DistributedEvaluation {

    /** For {@link java.util.ServiceLoader}. */
    public SparkEvaluator() {
        // Nothing is kept between evaluations
    }

    @Override
    public EvaluationReport evaluate(
            Settings settings, String master, EvaluationListener listener, Function<EvaluationReport, String> page)
            throws IOException {
        try (TransFuse model = TransFuse.load(Evaluation.segmenting(settings))) {
            Evaluation evaluation = Evaluation.of(model, settings); // refuses before Spark starts
            return evaluation.run(listener, page, (work, done) -> {
                try (SparkJob job = SparkJob.open(master);
                        TemporaryFolder zips = TemporaryFolder.make()) {
                    job.aboutSlots().ifPresent(listener::note);
                    List<ShippedModel> shipped = ShippedModel.of(work.network(), zips.path(), job.context());
                    JobPlan plan = JobPlan.of(work.network(), shipped, "", false);
                    ScoringRunner runner = new ScoringRunner(plan, work.scorer(), Meters.of(job.context()));
                    score(work, done, job, runner);
                }
            });
        }
    }

    private static void score(PairWorkers.Work work, Consumer<EvaluationPart> done, SparkJob job, ScoringRunner runner)
            throws IOException {
        TaskRun<ScoredTask> run = new TaskRun<>(job, runner, new TaskRun.Receiver<>() {
            @Override
            public void done(ScoredTask report) {
                done.accept(report.part());
            }

            @Override
            public void failed(ImageTask.Image image, String why) {
                done.accept(EvaluationPart.failed(image.number(), why));
            }
        });
        run.run(IntStream.range(0, work.pairs().size())
                .mapToObj(number -> ImageTask.Image.of(number, work.pairs().get(number)))
                .toList());
    }
}
