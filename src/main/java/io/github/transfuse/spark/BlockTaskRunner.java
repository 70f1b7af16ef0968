package io.github.transfuse.spark;

import io.github.transfuse.LargeImage;
import io.github.transfuse.TransFuse;
import io.github.transfuse.batch.FailureWords;
import io.github.transfuse.image.ImageFiles;
import io.github.transfuse.image.Modalities;
import io.github.transfuse.segmentation.BlockPrediction;
import io.github.transfuse.segmentation.PlaneBlock;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import org.apache.spark.TaskContext;
import scala.Function2;
import scala.collection.Iterator;

/** Computes parts of an image, on an executor. What an earlier attempt of the task has finished is not done again. */
final class BlockTaskRunner implements Function2<TaskContext, Iterator<BlockTask>, BlockReport>, Serializable {
    private static final long serialVersionUID = 1;

    private final JobPlan plan;
    private final Meters meters;

    BlockTaskRunner(JobPlan plan, Meters meters) {
        this.plan = plan;
        this.meters = meters;
    }

    @Override
    public BlockReport apply(TaskContext context, Iterator<BlockTask> tasks) {
        try {
            BlockReport report = run(tasks.next(), context.cpus(), context::isInterrupted);
            meters.count(report);
            return report;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Computes the parts of a task.
     *
     * @param threads that the network computes with
     * @param canceled whether the task is no longer wanted
     * @throws TaskRefusedException if this computer can do nothing
     * @throws BlockFailedException if a part cannot be computed
     * @throws CancellationException if it is no longer wanted; parts that are done stay
     */
    BlockReport run(BlockTask task, int threads, BooleanSupplier canceled) throws IOException {
        plan.requireDisk(task.image());
        TransFuse model = ExecutorModel.of(plan, threads);
        long start = System.nanoTime();
        try {
            long tiles = parts(task, model, canceled);
            return new BlockReport(
                    LargeImage.networks(model).stream()
                            .map(BlockReport.Open::of)
                            .toList(),
                    (System.nanoTime() - start) * 1e-9,
                    tiles);
        } catch (CancellationException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            throw new BlockFailedException(FailureWords.of(e));
        }
    }

    private static long parts(BlockTask task, TransFuse model, BooleanSupplier canceled) throws IOException {
        LargeImage image = LargeImage.of(
                model,
                Modalities.of(
                        ImageFiles.read(Path.of(task.image().path())),
                        model.model().spec().imageChannels()));
        long tiles = 0;
        for (PlaneBlock block : task.blocks()) {
            if (canceled.getAsBoolean()) {
                throw new CancellationException("Canceled");
            }
            BlockFile file = BlockFile.in(Path.of(task.folder()), block);
            if (!file.exists()) {
                BlockPrediction.Found found = image.segment(block);
                file.write(found);
                tiles += found.counts().tiles();
            }
        }
        return tiles;
    }
}
