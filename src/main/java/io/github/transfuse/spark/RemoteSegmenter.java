package io.github.transfuse.spark;

import io.github.transfuse.TransFuse;
import io.github.transfuse.batch.BatchRun;
import io.github.transfuse.batch.DistributedRun;
import io.github.transfuse.files.TemporaryFolder;
import io.github.transfuse.segmentation.ModelSettings;
import io.github.transfuse.settings.Keys;
import io.github.transfuse.settings.SettingException;
import io.github.transfuse.settings.Settings;
import java.io.IOException;
import java.util.List;
import java.util.UUID;

/** Segments images of a file system that Hadoop reaches, or writes results there. Each image goes to one executor. */
final class RemoteSegmenter {
    /** What files are called that are not complete: hidden. */
    static final String UNFINISHED = ".transfuse-";

    private final TransFuse model;
    private final SparkJob job;
    private final DistributedRun.Listener listener;

    RemoteSegmenter(TransFuse model, SparkJob job, DistributedRun.Listener listener) {
        this.model = model;
        this.job = job;
        this.listener = listener;
    }

    /** Whether input or output are of this kind. */
    static boolean isFor(Settings settings) {
        return RemoteFolder.isRemote(settings.written(Keys.INPUT))
                || RemoteFolder.isRemote(settings.written(Keys.OUTPUT));
    }

    /**
     * Refuses what needs all images on one disk.
     *
     * @throws SettingException if one range of values is asked for
     */
    static void requirePossible(TransFuse model) {
        if (new ModelSettings(model.model().spec(), model.settings()).pool().isPresent()) {
            throw new SettingException(
                    "normalization: one range for all files is found by reading all of them, which is"
                            + " done on disks only. Give the range in numbers, such as range:0-4095.");
        }
    }

    /** As {@link SparkSegmenter#segment}. */
    BatchRun.Report segment() throws IOException {
        Settings settings = model.settings();
        RemoteFolder results = RemoteFolder.of(settings.written(Keys.OUTPUT));
        String staging = UNFINISHED + UUID.randomUUID();
        try (TemporaryFolder here = TemporaryFolder.make();
                TemporaryFolder zips = TemporaryFolder.make()) {
            RemoteInput input =
                    RemoteInput.find(settings.written(Keys.INPUT), settings.get(Keys.RECURSIVE), here.path());
            BatchRun files = BatchRun.of(model, input.pattern(), zips.path());
            files.notes().forEach(listener::note);
            requireWritable(results, staging);
            job.aboutSlots().ifPresent(listener::note);
            JobPlan plan = JobPlan.of(
                    model, ShippedModel.of(model, zips.path(), job.context()), "", settings.get(Keys.SKIP_EXISTING));
            RemoteTaskRunner.Places places = new RemoteTaskRunner.Places(input.root(), results, staging);
            ImageRun run = new ImageRun(job, new RemoteTaskRunner(plan, Meters.of(job.context()), places), listener);
            return run(run, files.files().stream().map(input::image).toList(), results, staging);
        } finally {
            results.delete(staging);
        }
    }

    private BatchRun.Report run(ImageRun run, List<ImageTask.Image> images, RemoteFolder results, String staging)
            throws IOException {
        BatchRun.Report report = run.run(images);
        RemoteTables tables = new RemoteTables(results, staging, job.session());
        if (model.settings().get(Keys.TABLE)) {
            try (TemporaryFolder copies = TemporaryFolder.make()) {
                tables.measurements(run.results(), copies.path());
            }
        }
        tables.manifest(run.results());
        return report;
    }

    /** Tells of what an earlier driver left that was lost: only the user knows whether another one is at work. */
    private void requireWritable(RemoteFolder results, String staging) throws IOException {
        List<String> left = results.beginning("", UNFINISHED).stream()
                .map(RemoteFolder.Entry::name)
                .toList();
        if (!left.isEmpty()) {
            listener.note("Files of a run that did not end, or that is at work, are in " + results.uri() + ": "
                    + String.join(", ", left) + ". Delete them if no other run is at work.");
        }
        try (TemporaryFolder here = TemporaryFolder.make()) {
            java.nio.file.Path mark = java.nio.file.Files.createFile(here.path().resolve("mark"));
            results.put(mark, staging + "/mark");
        } catch (UnreachableStoreException e) {
            throw e;
        } catch (IOException e) {
            throw new IOException("Nothing can be written to " + results.uri() + ": " + e.getMessage(), e);
        }
    }
}
