package io.github.transfuse.training;

import io.github.transfuse.TransFuse;
import io.github.transfuse.engine.EngineLoader;
import io.github.transfuse.engine.TrainingListener;
import io.github.transfuse.engine.TrainingPlan;
import io.github.transfuse.engine.TrainingRun;
import io.github.transfuse.files.TemporaryFolder;
import io.github.transfuse.model.ModelFolder;
import io.github.transfuse.settings.Keys;
import io.github.transfuse.settings.SettingException;
import io.github.transfuse.settings.Settings;
import java.io.IOException;
import java.util.List;

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
        try (TemporaryFolder aside = TemporaryFolder.make()) {
            TrainingPlan plan =
                    TrainingPlanner.plan(settings.with(Keys.OUTPUT, aside.path().resolve("model")));
            try (TrainingRun run = EngineLoader.engine().train(plan)) {
                return run.summary().notes();
            }
        }
    }

    /** See {@link TransFuse#train}. */
    public static ModelFolder run(Settings settings, TrainingListener listener) throws IOException {
        if (settings.has(Keys.FOLDS)) {
            throw new SettingException("folds = " + settings.written(Keys.FOLDS)
                    + " makes several models: train it by CrossValidation.train, the command line or Fiji.");
        }
        // bad settings and data are told before the native side is loaded
        TrainingPlanner planner = TrainingPlanner.of(settings);
        TrainingPlan asked = planner.plan();
        OutputFolder.check(asked);
        try (StopAtExit exit = new StopAtExit()) {
            TrainingListener all = TrainingListener.all(listener, exit);
            planner.reason().ifPresent(listener::note);
            TrainingPlan plan =
                    planner.with(TimeBudget.fit(planner, asked, all)).plan();
            try (TrainingRun run = EngineLoader.engine().train(plan)) {
                listener.prepared(run.summary());
                return ModelFolder.open(run.run(all));
            }
        }
    }
}
