package io.github.transfuse.spark;

import io.github.transfuse.LargeImage;
import io.github.transfuse.TransFuse;
import io.github.transfuse.batch.BatchRun;
import io.github.transfuse.batch.DistributedRun;
import io.github.transfuse.batch.FailureWords;
import io.github.transfuse.batch.FileResult;
import io.github.transfuse.batch.FileResults;
import io.github.transfuse.batch.InputFile;
import io.github.transfuse.engine.EngineUnavailableException;
import io.github.transfuse.files.FolderTree;
import io.github.transfuse.image.Axis;
import io.github.transfuse.image.CalibratedImage;
import io.github.transfuse.image.ImageFiles;
import io.github.transfuse.image.Modalities;
import io.github.transfuse.inference.Inference;
import io.github.transfuse.segmentation.KnownPlanes;
import io.github.transfuse.segmentation.PlaneBlock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import net.imglib2.util.Intervals;
import scala.Function2;

/**
 * Segments large images one after the other: executors compute their parts, and the driver makes labels of what they found,
 * as one machine would. What was found is on the shared disk, and goes when the image is done or has failed.
 */
final class BlockRun {
    private final SparkJob job;
    private final Job what;
    private final LargeRule rule;
    private final DistributedRun.Listener listener;
    private double seconds;

    /**
     * What is to be done.
     *
     * @param model with one range for all images, if that is asked for
     * @param files all of the run
     * @param shipped the models for executors
     * @param mark a folder in the output folder that goes with the run
     * @param meters that count
     */
    record Job(TransFuse model, BatchRun files, List<ShippedModel> shipped, Path mark, Meters meters) {
        JobPlan plan(TransFuse ranged, boolean keep) {
            return JobPlan.of(ranged, shipped, mark.toString(), keep);
        }
    }

    BlockRun(SparkJob job, Job what, LargeRule rule, DistributedRun.Listener listener) {
        this.job = job;
        this.what = what;
        this.rule = rule;
        this.listener = listener;
    }

    /** Seconds that the workers computed so far, together. */
    double seconds() {
        return seconds;
    }

    /**
     * Segments a file, if it is large.
     *
     * @return empty if one worker shall do it as a whole, or if its results are there
     * @throws IOException if executors cannot work at all
     */
    Optional<FileResult> segment(InputFile file) throws IOException {
        if (!rule.looks(what.files.files().size(), job.slots()) || what.files.keeps(file)) {
            return Optional.empty();
        }
        Optional<Cut> cut = cut(file);
        if (cut.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(segment(file, cut.get()));
        } catch (BlockFailedException e) {
            return Optional.of(
                    FileResult.failed(file.path().toAbsolutePath().normalize().toString(), e.getMessage()));
        }
    }

    /** How an image is cut. */
    private record Cut(LargeImage image, List<List<PlaneBlock>> tasks) {
        long bytes() throws IOException {
            return tasks.stream()
                            .flatMap(List::stream)
                            .mapToLong(PlaneBlock::pixels)
                            .sum()
                    * image.bytesPerPixel();
        }
    }

    /** What cannot be read is left to a worker, which tells why. */
    private Optional<Cut> cut(InputFile file) {
        String name = file.path().getFileName().toString();
        try {
            CalibratedImage image = Modalities.of(
                    ImageFiles.read(file.path()), what.model.model().spec().imageChannels());
            long pixels = Intervals.numElements(image.pixels()) / image.size(Axis.Kind.CHANNEL);
            if (!rule.cuts(pixels)) {
                return Optional.empty();
            }
            LargeImage large = LargeImage.of(what.model, image);
            Optional<String> whole = large.whole();
            if (whole.isPresent()) {
                listener.note(name + " is large, but is segmented by one worker: " + whole.get() + ".");
                return Optional.empty();
            }
            int[] tile = what.model.tileGrid().size();
            Cut cut = new Cut(large, BlockCuts.of(pixels, job.slots(), tile).tasks(large.planes(), large.planeSize()));
            listener.note(name + " is large: all workers segment it together, in " + cut.tasks.size() + " tasks ("
                    + LargeRule.KEY + "=never gives each image to one worker).");
            return Optional.of(cut);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private FileResult segment(InputFile file, Cut cut) throws IOException {
        requireRoom(cut.bytes(), Files.getFileStore(what.mark).getUsableSpace());
        Path folder = Files.createDirectory(what.mark.resolve("blocks-" + UUID.randomUUID()));
        try {
            long start = System.nanoTime();
            TransFuse ranged = what.model.normalization(cut.image.normalization());
            List<BlockReport> reports = new ArrayList<>();
            ImageTask.Image image = ImageTask.Image.of(file);
            compute(
                    "TransFuse: the parts of " + file.path().getFileName(),
                    cut.tasks.stream()
                            .map(blocks -> new BlockTask(image, folder.toString(), blocks))
                            .toList(),
                    new BlockTaskRunner(what.plan(ranged, false), what.meters),
                    reports);
            return labels(file, ranged, found(cut, folder, start), reports.get(0));
        } finally {
            FolderTree.delete(folder);
        }
    }

    /**
     * Refuses what does not fit on the disk.
     *
     * @throws BlockFailedException saying how much is missing
     */
    static void requireRoom(long needed, long free) throws BlockFailedException {
        if (needed > free) {
            throw new BlockFailedException(String.format(
                    Locale.ROOT,
                    "Its parts need %.1f GB in the output folder, but only %.1f GB are free there. Make room.",
                    needed * 1e-9,
                    free * 1e-9));
        }
    }

    /** Sends tasks; one that cannot be done ends the image. */
    void compute(
            String name,
            List<BlockTask> tasks,
            Function2<org.apache.spark.TaskContext, scala.collection.Iterator<BlockTask>, BlockReport> work,
            List<BlockReport> reports)
            throws IOException {
        Optional<Exception> failure = job.run(name, tasks, work, (number, report) -> {
            reports.add(report);
            seconds += report.seconds();
            listener.parts(reports.size(), tasks.size());
        });
        if (failure.isPresent()) {
            Optional<String> refused = TaskRefusedException.within(failure.get());
            if (refused.isPresent()) {
                throw new IOException(refused.get(), failure.get());
            }
            throw new BlockFailedException(TaskRefusedException.within(failure.get(), BlockFailedException.class)
                    .orElse("Its parts failed each time: "
                            + FailureWords.of(failure.get()).lines().findFirst().orElse("")));
        }
    }

    private static KnownPlanes found(Cut cut, Path folder, long start) throws IOException {
        long tiles = 0;
        double waited = 0;
        int batch = 1;
        for (List<PlaneBlock> task : cut.tasks) {
            for (PlaneBlock block : task) {
                Inference.Counts counts = BlockFile.in(folder, block).counts();
                tiles += counts.tiles();
                waited += counts.waitedSeconds();
                batch = Math.max(batch, counts.batchSize());
            }
        }
        List<PlaneBlock> blocks = cut.tasks.stream().flatMap(List::stream).toList();
        return new KnownPlanes(
                (plane, classes, probabilities) -> {
                    for (PlaneBlock block : blocks) {
                        if (block.plane() == plane) {
                            BlockFile.in(folder, block).copy(classes, probabilities);
                        }
                    }
                },
                new Inference.Counts(tiles, waited, batch),
                (System.nanoTime() - start) * 1e-9,
                cut.image.notes());
    }

    private FileResult labels(InputFile file, TransFuse ranged, KnownPlanes found, BlockReport report)
            throws IOException {
        try {
            TransFuse.engineInfo(); // for the record: versions
        } catch (EngineUnavailableException e) {
            listener.note("The record of " + file.path().getFileName() + " names no versions of PyTorch: "
                    + "it is not on this computer.");
        }
        List<BlockReport.Open> open = report.networks();
        FileResults results = new FileResults(FailureWords::of, () -> false);
        InputFile absolute = ImageTask.Image.of(file).file();
        try (TransFuse known = LargeImage.known(
                ranged, found, open.stream().map(BlockReport.Open::info).toList())) {
            BatchRun.of(known, List.of(absolute), false).run(results);
        }
        return results.all().get(0);
    }
}
