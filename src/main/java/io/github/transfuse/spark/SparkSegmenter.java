package io.github.transfuse.spark;

import io.github.transfuse.TransFuse;
import io.github.transfuse.batch.BatchListener;
import io.github.transfuse.batch.BatchRun;
import io.github.transfuse.batch.DistributedRun;
import io.github.transfuse.batch.FileResult;
import io.github.transfuse.batch.InputFile;
import io.github.transfuse.files.StagedFiles;
import io.github.transfuse.files.TemporaryFolder;
import io.github.transfuse.settings.Keys;
import io.github.transfuse.settings.Settings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Segments files with Apache Spark: in this process, or on the computers of a cluster that share a disk. */
public final class SparkSegmenter implements DistributedRun {
    private final Optional<LargeRule> rule;

    /** For {@link java.util.ServiceLoader}. */
    public SparkSegmenter() {
        this.rule = Optional.empty();
    }

    /** With a rule of what is cut, whatever Spark is told. */
    SparkSegmenter(LargeRule rule) {
        this.rule = Optional.of(rule);
    }

    @Override
    public BatchRun.Report segment(Settings settings, String master, Listener listener) throws IOException {
        if (RemoteSegmenter.isFor(settings)) {
            return segmentRemote(settings, master, listener);
        }
        try (TransFuse model = TransFuse.load(absolute(settings))) {
            BatchRun files = BatchRun.of(model); // refuses before Spark starts
            files.notes().forEach(listener::note);
            try (SparkJob job = SparkJob.open(master);
                    TemporaryFolder zips = TemporaryFolder.make();
                    StagedFiles staged = StagedFiles.in(model.settings().folder(Keys.OUTPUT))) {
                TransFuse ranged = files.ranged(BatchListener.NONE);
                Path mark = staged.file(Manifest.NAME).getParent();
                job.aboutSlots().ifPresent(listener::note);
                BlockRun.Job what = new BlockRun.Job(
                        ranged,
                        files,
                        ShippedModel.of(model, zips.path(), job.context()),
                        mark,
                        Meters.of(job.context()));
                BatchRun.Report report = run(job, what, listener, staged);
                StagedFiles.sweep(model.settings().folder(Keys.OUTPUT)); // what lost executors left
                return report;
            }
        }
    }

    private static BatchRun.Report segmentRemote(Settings settings, String master, Listener listener)
            throws IOException {
        try (TransFuse model = TransFuse.load(settings)) {
            RemoteSegmenter.requirePossible(model);
            try (SparkJob job = SparkJob.open(master)) {
                return new RemoteSegmenter(model, job, listener).segment();
            }
        }
    }

    private BatchRun.Report run(SparkJob job, BlockRun.Job what, Listener listener, StagedFiles staged)
            throws IOException {
        long start = System.nanoTime();
        boolean keep = what.model().settings().get(Keys.SKIP_EXISTING);
        ImageRun run = new ImageRun(job, new ImageTaskRunner(what.plan(what.model(), keep), what.meters()), listener);
        List<InputFile> files = what.files().files();
        listener.begins(files.size());
        BlockRun large = new BlockRun(
                job, what, rule.orElseGet(() -> LargeRule.of(job.context().conf())), listener);
        List<InputFile> rest = new ArrayList<>();
        for (InputFile file : files) {
            Optional<FileResult> result = large.segment(file);
            result.ifPresent(run::tell);
            if (result.isEmpty()) {
                rest.add(file);
            }
        }
        run.segment(rest.stream().map(ImageTask.Image::of).toList());
        BatchRun.Report report = run.report(start, large.seconds());
        if (what.model().settings().get(Keys.TABLE)) {
            MeasurementTable.write(run.results(), what.model().settings().folder(Keys.OUTPUT), staged, job.session());
        }
        Manifest.write(run.results(), staged, job.session());
        return report;
    }

    private static Settings absolute(Settings settings) {
        return settings.has(Keys.OUTPUT)
                ? settings.with(
                        Keys.OUTPUT,
                        settings.folder(Keys.OUTPUT).toAbsolutePath().normalize())
                : settings;
    }
}
