package io.github.transfuse.spark;

import io.github.transfuse.TransFuse;
import io.github.transfuse.evaluation.EvaluationPart;
import io.github.transfuse.evaluation.PairScorer;
import io.github.transfuse.samples.Pair;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import org.apache.spark.TaskContext;
import scala.Function2;
import scala.collection.Iterator;

/** Segments and scores the images of a task, on an executor. It writes nothing: what it found travels. */
final class ScoringRunner implements Function2<TaskContext, Iterator<ImageTask>, ScoredTask>, Serializable {
    private static final long serialVersionUID = 1;

    private final JobPlan plan;
    private final PairScorer scorer;
    private final Meters meters;

    ScoringRunner(JobPlan plan, PairScorer scorer, Meters meters) {
        this.plan = plan;
        this.scorer = scorer;
        this.meters = meters;
    }

    @Override
    public ScoredTask apply(TaskContext context, Iterator<ImageTask> tasks) {
        try {
            ScoredTask scored = run(tasks.next(), context.cpus(), context::isInterrupted);
            meters.count(scored);
            return scored;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Scores the images of a task.
     *
     * @param threads that the network computes with
     * @param canceled whether the task is no longer wanted
     * @throws TaskRefusedException if this computer can do nothing
     * @throws java.util.concurrent.CancellationException if it is no longer wanted
     */
    ScoredTask run(ImageTask task, int threads, BooleanSupplier canceled) throws IOException {
        JobPlan.requireReadable(task.images().toArray(ImageTask.Image[]::new));
        TransFuse model = ExecutorModel.of(plan, threads);
        Map<Integer, Pair> pairs = new TreeMap<>();
        task.images().forEach(image -> pairs.put(image.number(), image.pair()));
        long start = System.nanoTime();
        EvaluationPart part = scorer.score(model, pairs, canceled);
        return new ScoredTask(part, (System.nanoTime() - start) * 1e-9, task.weight());
    }
}
