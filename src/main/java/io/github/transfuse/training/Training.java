package io.github.transfuse.training;

import io.github.transfuse.TransFuse;
import io.github.transfuse.engine.EngineLoader;
import io.github.transfuse.engine.TrainingListener;
import io.github.transfuse.engine.TrainingPlan;
import io.github.transfuse.engine.TrainingRun;
import io.github.transfuse.model.ModelFolder;
import io.github.transfuse.settings.Settings;
import java.io.IOException;

/** Runs a training from settings to the model folder. */
public final class Training {
    private Training() {}

    /** See {@link TransFuse#train}. */
    public static ModelFolder run(Settings settings, TrainingListener listener) throws IOException {
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
