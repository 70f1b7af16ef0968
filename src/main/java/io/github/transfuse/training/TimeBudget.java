package io.github.transfuse.training;

import io.github.transfuse.engine.TrainingListener;
import io.github.transfuse.engine.TrainingPlan;
import io.github.transfuse.model.InputSpec;
import io.github.transfuse.model.ModelFolder;
import io.github.transfuse.samples.Pairing;
import io.github.transfuse.samples.Splitting;
import io.github.transfuse.settings.Keys;
import io.github.transfuse.settings.Numbers;
import io.github.transfuse.settings.Settings;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import java.util.function.LongSupplier;

/** Fits the epochs of a training into the time that it may take, so that its learning rate falls within that time. */
final class TimeBudget {
    /** Enough for a first model of ten images. */
    static final double FIRST_MODEL = 10;

    private static final String PLANNED = "epochs_planned";

    /** Tiles of an image that overlap by half. */
    private static final double OVERLAPPING = 4;

    private TimeBudget() {}

    /** Minutes that a training may take; empty if there is no limit. */
    static Optional<Double> minutes(Settings settings) {
        return settings.get(Keys.MINUTES)
                .or(() -> settings.has(Keys.EPOCHS) ? Optional.empty() : Optional.of(FIRST_MODEL));
    }

    /** What is said of the time before it is measured. */
    static Optional<String> sentence(Settings settings, TrainingPlan plan) {
        return minutes(settings)
                .map(minutes -> "At most " + plan.schedule().epochs() + " epochs, as many as fit into "
                        + Numbers.text(minutes)
                        + " minutes: a few steps before the training tell how many. For more, give"
                        + " minutes or epochs.");
    }

    /**
     * The settings with the number of epochs that fits. A run that is resumed keeps those that are given or that it had.
     *
     * @param listener told what was chosen, and asked whether to stop
     * @param clock in nanoseconds
     * @throws IOException if the data cannot be read
     */
    static Settings fit(TrainingPlanner planner, TrainingPlan plan, TrainingListener listener, LongSupplier clock)
            throws IOException {
        Settings settings = planner.settings();
        Optional<Double> minutes = minutes(settings);
        if (minutes.isEmpty()) {
            return settings;
        }
        if (settings.get(Keys.RESUME)) {
            Optional<Integer> epochs = settings.get(Keys.EPOCHS).or(() -> earlier(plan));
            if (epochs.isPresent()) {
                if (settings.has(Keys.MINUTES)) {
                    listener.note("No effect of minutes: the training goes on to its " + epochs.get() + " epochs.");
                }
                return withEpochs(settings, epochs.get());
            }
        }
        listener.note("A few steps tell how many epochs fit into " + Numbers.text(minutes.get()) + " minutes.");
        double seconds = Pace.ofEpoch(plan, validation(planner, plan), listener, clock);
        int planned = plan.schedule().epochs();
        int fitting = (int) Math.max(1, Math.min(planned, Math.floor(minutes.get() * 60 / seconds)));
        listener.note(String.format(
                Locale.ROOT,
                "An epoch takes about %.1f s here: %d %s%s.",
                seconds,
                fitting,
                fitting == 1 ? "epoch is trained" : "epochs are trained",
                fitting < planned ? "; for more give minutes or epochs, or start_from this model later" : ""));
        return withEpochs(settings, fitting);
    }

    private static Settings withEpochs(Settings settings, int epochs) {
        return settings.with(Keys.EPOCHS, epochs).without(Keys.MINUTES);
    }

    /** The epochs that a run in this folder had planned. */
    private static Optional<Integer> earlier(TrainingPlan plan) {
        try {
            var training = ModelFolder.open(plan.execution().output().folder())
                    .spec()
                    .history()
                    .training();
            return training.has(PLANNED) ? Optional.of(training.get(PLANNED).getAsInt()) : Optional.empty();
        } catch (IOException | NumberFormatException | UnsupportedOperationException e) {
            // no model yet, or half of one: the checkpoint alone goes on
            return Optional.empty();
        }
    }

    /** Inputs of a validation, in steps. */
    private static double validation(TrainingPlanner planner, TrainingPlan plan) throws IOException {
        TrainingPlan.Data data = plan.data();
        InputSpec input = plan.spec().input();
        int images = Splitting.of(data.validation(), Pairing.of(data.images(), data.masks()))
                .validation()
                .size();
        double tiles = input.rule() == InputSpec.Rule.TILE ? OVERLAPPING : 1;
        return images
                * tiles
                * planner.survey().examplesPerImage(input)
                / plan.schedule().batchSize();
    }
}
