package io.github.transfuse.spark;

import io.github.transfuse.Version;
import io.github.transfuse.engine.TrainingListener;
import io.github.transfuse.evaluation.CrossValidation;
import io.github.transfuse.evaluation.DistributedTraining;
import io.github.transfuse.evaluation.FoldTraining;
import io.github.transfuse.files.StagedFiles;
import io.github.transfuse.progress.HelperThreads;
import io.github.transfuse.progress.Progress;
import io.github.transfuse.settings.Keys;
import io.github.transfuse.settings.OptionalKey;
import io.github.transfuse.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Future;

/** Trains the folds of a cross-validation with Apache Spark: one fold for each task, which writes its folder itself. */
public final class SparkTrainer implements DistributedTraining {
    private static final List<OptionalKey<String>> PATHS =
            List.of(Keys.IMAGES, Keys.MASKS, Keys.START_FROM, Keys.BACKBONES);

    /** For {@link java.util.ServiceLoader}. */
    public SparkTrainer() {
        // Nothing is kept between trainings
    }

    @Override
    public Path train(Settings settings, String master, TrainingListener listener) throws IOException {
        Settings absolute = absolute(settings);
        return CrossValidation.train(absolute, listener, (folds, teller) -> {
            Path output = Files.createDirectories(absolute.folder(Keys.OUTPUT));
            StagedFiles.sweep(output); // what a lost driver left
            try (SparkJob job = SparkJob.open(master);
                    StagedFiles staged = StagedFiles.in(output)) {
                if (job.slotsOfProcess() > 1) {
                    teller.note("A worker trains one fold at a time: give a task all cores of a worker"
                            + " (spark.task.cpus = spark.executor.cores).");
                }
                Path mark = staged.file(Manifest.NAME).getParent();
                return train(folds, job, new FoldRunner(Version.current(), mark.toString()), teller);
            }
        });
    }

    /** Executors may work in other folders than the user. Models have names, too. */
    private static Settings absolute(Settings settings) {
        Settings absolute = settings;
        for (OptionalKey<String> key : PATHS) {
            if (absolute.has(key) && Files.exists(Path.of(absolute.written(key)))) {
                absolute = absolute.with(
                        key, absolute.folder(key).toAbsolutePath().normalize().toString());
            }
        }
        return absolute.has(Keys.OUTPUT)
                ? absolute.with(
                        Keys.OUTPUT,
                        absolute.folder(Keys.OUTPUT).toAbsolutePath().normalize())
                : absolute;
    }

    /** Each fold is a job of its own, so that one that is given up does not end the others. */
    private static Map<Integer, String> train(
            List<FoldTraining> folds, SparkJob job, FoldRunner runner, TrainingListener teller) throws IOException {
        Map<Integer, String> failures = new TreeMap<>();
        try (HelperThreads threads = new HelperThreads(folds.size(), "TransFuse folds")) {
            Map<Integer, Future<FoldReport>> reports = new TreeMap<>();
            for (FoldTraining fold : folds) {
                reports.put(fold.number(), threads.submit(() -> told(train(fold, job, runner), teller)));
            }
            for (Map.Entry<Integer, Future<FoldReport>> report : reports.entrySet()) {
                String failure =
                        HelperThreads.await(report.getValue(), Progress.NONE).failure();
                if (!failure.isEmpty()) {
                    failures.put(report.getKey(), failure);
                }
            }
        }
        return failures;
    }

    private static FoldReport train(FoldTraining fold, SparkJob job, FoldRunner runner) {
        List<FoldReport> reports = new ArrayList<>();
        Optional<Exception> failure = job.run(
                "TransFuse: fold " + fold.number() + " of " + fold.count(),
                List.of(fold),
                runner,
                (task, report) -> reports.add(report));
        return failure.map(e ->
                        new FoldReport(List.of(), TaskRefusedException.within(e).orElseGet(() -> givenUp(e))))
                .orElseGet(() -> reports.get(0));
    }

    private static String givenUp(Exception failure) {
        return "its task failed each time: "
                + String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
    }

    private static FoldReport told(FoldReport report, TrainingListener teller) {
        synchronized (teller) {
            report.notes().forEach(teller::note);
        }
        return report;
    }
}
