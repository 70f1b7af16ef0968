package io.github.transfuse.spark;

import io.github.transfuse.TransFuse;
import io.github.transfuse.batch.BatchRun;
import io.github.transfuse.settings.Keys;
import io.github.transfuse.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A job as an executor sees it, without its driver.
 *
 * @param plan of the job
 * @param task with all images
 * @param mark of the output folder
 */
record AttemptFolder(JobPlan plan, ImageTask task, Path mark) implements AutoCloseable {

    static AttemptFolder of(Settings settings) throws IOException {
        try (TransFuse model = TransFuse.load(settings)) {
            ImageTask task = new ImageTask(
                    BatchRun.of(model).files().stream().map(ImageTask.Image::of).toList());
            Path mark = Files.createTempFile("mark", "");
            List<ShippedModel> models = List.of(new ShippedModel(settings.written(Keys.MODEL), false));
            return new AttemptFolder(JobPlan.of(model, models, mark.toString(), false), task, mark);
        }
    }

    /** The same plan, but for some of it. */
    static JobPlan plan(JobPlan plan, String version, List<String> checksums, String mark) {
        return new JobPlan(version, plan.settings(), plan.models(), checksums, plan.normalization(), mark, plan.keep());
    }

    @Override
    public void close() throws IOException {
        Files.delete(mark);
    }
}
