package io.github.transfuse.training;

import io.github.transfuse.TransFuse;
import io.github.transfuse.engine.CheckpointFiles;
import io.github.transfuse.engine.EngineLoader;
import io.github.transfuse.engine.TrainingListener;
import io.github.transfuse.engine.TrainingPlan;
import io.github.transfuse.engine.TrainingRun;
import io.github.transfuse.files.StagedFiles;
import io.github.transfuse.files.TemporaryFolder;
import io.github.transfuse.model.ModelFolder;
import io.github.transfuse.settings.Keys;
import io.github.transfuse.settings.SettingException;
import io.github.transfuse.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.LongSupplier;

/** Runs a training from settings to the model folder. */
public final class Training {
    private Training() {}

    /**
     * Reads all images and masks and prepares the training as a run does, and ends there; nothing is written.
     *
     * @return what a run would say before its first step
     * @throws IOException whatever a run would refuse
     */
    public static List<String> rehearse(Settings settings) throws IOException {
        OutputFolder.requireOther(settings);
        try (TemporaryFolder aside = TemporaryFolder.make()) {
            TrainingPlan plan =
                    TrainingPlanner.plan(settings.with(Keys.OUTPUT, aside.path().resolve("model")));
            try (TrainingRun run = EngineLoader.engine().train(plan)) {
                return run.summary().notes();
            }
        }
    }

    /** A training that ended before its first epoch did has nothing to go on from, and nothing to lose. */
    private static Settings resumable(Settings settings, TrainingListener listener) throws IOException {
        if (!settings.has(Keys.OUTPUT) || !settings.get(Keys.RESUME)) {
            return settings;
        }
        Path folder = settings.folder(Keys.OUTPUT);
        StagedFiles.sweep(folder);
        if (CheckpointFiles.areIn(folder) || Files.exists(folder.resolve(ModelFolder.SPEC))) {
            return settings;
        }
        listener.note("There is no checkpoint in " + folder + " yet: the training starts from the beginning.");
        return settings.with(Keys.RESUME, false);
    }

    /** See {@link TransFuse#train}. */
    public static ModelFolder run(Settings settings, TrainingListener listener) throws IOException {
        return run(settings, listener, System::nanoTime);
    }

    /**
     * With a clock of one's own.
     *
     * @param clock in nanoseconds; read once at the end of each step that is timed
     */
    static ModelFolder run(Settings settings, TrainingListener listener, LongSupplier clock) throws IOException {
        if (settings.has(Keys.FOLDS)) {
            throw new SettingException("folds = " + settings.written(Keys.FOLDS)
                    + " makes several models: train it by CrossValidation.train, the command line or Fiji.");
        }
        OutputFolder.requireOther(settings);
        // bad settings and data are told before the native side is loaded
        TrainingPlanner planner = TrainingPlanner.of(resumable(settings, listener));
        TrainingPlan asked = planner.plan();
        try (OutputFolder folder = new OutputFolder(asked);
                StopAtExit exit = new StopAtExit()) {
            folder.require();
            TrainingListener all = TrainingListener.all(listener, exit);
            CtWindow.doubts(settings, planner.survey()).forEach(listener::note);
            planner.reason().ifPresent(listener::note);
            TrainingPlan plan =
                    planner.with(TimeBudget.fit(planner, asked, all, clock)).plan();
            try (TrainingRun run = EngineLoader.engine().train(plan)) {
                listener.prepared(run.summary());
                return ModelFolder.open(run.run(all));
            }
        }
    }
}
