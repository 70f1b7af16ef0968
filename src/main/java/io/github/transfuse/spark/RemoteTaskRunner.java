package io.github.transfuse.spark;

import io.github.transfuse.TransFuse;
import io.github.transfuse.batch.BatchRun;
import io.github.transfuse.batch.FailureWords;
import io.github.transfuse.batch.FileResult;
import io.github.transfuse.batch.FileResults;
import io.github.transfuse.batch.InputFile;
import io.github.transfuse.files.TemporaryFolder;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/** Works with images and results in file systems of Hadoop: both are on the executor's disk for the time of a task. */
final class RemoteTaskRunner extends ImageTaskRunner {
    private static final long serialVersionUID = 1;

    private final Places places;

    /**
     * Where all is.
     *
     * @param images folder of images
     * @param results folder of results
     * @param staging name in it for files that are not complete
     */
    record Places(RemoteFolder images, RemoteFolder results, String staging) implements Serializable {}

    RemoteTaskRunner(JobPlan plan, Meters meters, Places places) {
        super(plan, meters);
        this.places = places;
    }

    @Override
    TaskReport run(ImageTask task, int threads, int attempt, BooleanSupplier canceled) throws IOException {
        TransFuse model = ExecutorModel.of(plan(), threads);
        long start = System.nanoTime();
        try (TemporaryFolder here = TemporaryFolder.make()) {
            RemoteCopies copies = new RemoteCopies(places.images(), places.results(), places.staging(), here.path());
            List<FileResult> told = new ArrayList<>();
            List<InputFile> files = new ArrayList<>();
            for (ImageTask.Image image : task.images()) {
                fetch(copies, image, files, told);
            }
            FileResults results = new FileResults(FailureWords::of, canceled);
            BatchRun.of(model, files, copies.output(), plan().keep() || attempt > 0)
                    .run(results);
            results.all().stream()
                    .map(copies::publish)
                    .map(result -> plan().keep() ? result : result.asDone())
                    .forEach(told::add);
            return new TaskReport(told, (System.nanoTime() - start) * 1e-9, task.weight());
        }
    }

    private static void fetch(RemoteCopies copies, ImageTask.Image image, List<InputFile> files, List<FileResult> told)
            throws IOException {
        try {
            files.add(copies.fetch(image));
        } catch (UnreachableStoreException e) {
            throw new TaskRefusedException(e.getMessage());
        } catch (IOException e) {
            told.add(FileResult.failed(image.path(), FailureWords.of(e)));
        }
    }
}
