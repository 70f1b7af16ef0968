package io.github.transfuse.spark;

import io.github.transfuse.TransFuse;
import io.github.transfuse.batch.BatchListener;
import io.github.transfuse.batch.BatchRun;
import io.github.transfuse.batch.DistributedRun;
import io.github.transfuse.files.StagedFiles;
import io.github.transfuse.files.TemporaryFolder;
import io.github.transfuse.model.ModelFolder;
import io.github.transfuse.settings.Keys;
import io.github.transfuse.settings.Settings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Segments files with Apache Spark: in this process, or on the computers of a cluster that share a disk. */
public final class SparkSegmenter implements DistributedRun {
    /** For {@link java.util.ServiceLoader}. */
    public SparkSegmenter() {}

    @Override
    public BatchRun.Report segment(Settings settings, String master, Listener listener) throws IOException {
        try (TransFuse model = TransFuse.load(absolute(settings))) {
            BatchRun files = BatchRun.of(model); // refuses before Spark starts
            files.notes().forEach(listener::note);
            try (SparkJob job = SparkJob.open(master);
                    TemporaryFolder zips = TemporaryFolder.make();
                    StagedFiles staged = StagedFiles.in(model.settings().folder(Keys.OUTPUT))) {
                TransFuse ranged = files.ranged(BatchListener.NONE);
                String mark = staged.file(Manifest.NAME).getParent().toString();
                JobPlan plan =
                        JobPlan.of(ranged, shipped(model, zips.path(), job), mark, settings.get(Keys.SKIP_EXISTING));
                ImageRun run = new ImageRun(job, new ImageTaskRunner(plan), listener);
                BatchRun.Report report =
                        run.run(files.files().stream().map(ImageTask.Image::of).toList());
                Manifest.write(run.results(), staged, job.session());
                StagedFiles.sweep(model.settings().folder(Keys.OUTPUT)); // what lost executors left
                return report;
            }
        }
    }

    private static Settings absolute(Settings settings) {
        return settings.has(Keys.OUTPUT)
                ? settings.with(
                        Keys.OUTPUT,
                        settings.folder(Keys.OUTPUT).toAbsolutePath().normalize())
                : settings;
    }

    private static List<ShippedModel> shipped(TransFuse model, Path zips, SparkJob job) throws IOException {
        List<ShippedModel> shipped = new ArrayList<>();
        for (ModelFolder member : model.members()) {
            shipped.add(ShippedModel.of(member, zips, job.context()));
        }
        return shipped;
    }
}
