package io.github.transfuse.torch.train;

import io.github.transfuse.engine.TrainingPlan;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The end of a training whose score rises no longer: the learning rate falls to its end within a few more epochs, because
 * weights gain most while it falls, and then nothing follows.
 *
 * @param since last epoch before that was decided
 * @param until last epoch of the training
 * @param of epochs that were planned
 */
record EarlyEnd(int since, int until, int of) {
    /** The rate falls within this part of the planned epochs. */
    private static final int PART = 10;

    private static final String SINCE = "ending_since";
    private static final String UNTIL = "ending_until";
    private static final String OF = "ending_of";

    /**
     * Whether the training is to end now; asked before an epoch, not behind one, so that a resumed training ends where this
     * one did.
     */
    static Optional<EarlyEnd> now(Checkpoint state, TrainingPlan.Schedule schedule) {
        int epoch = state.epoch();
        int patience = schedule.patience();
        if (patience == 0 || epoch - state.best().risenIn() < patience) {
            return Optional.empty();
        }
        // a constant rate has nowhere to fall
        int falling = schedule.rate().cosine() ? (schedule.epochs() + PART - 1) / PART : 0;
        return epoch + falling < schedule.epochs()
                ? Optional.of(new EarlyEnd(epoch, epoch + falling, schedule.epochs()))
                : Optional.empty();
    }

    /** Whether it still holds: who asks for more epochs, or for no early end, gets them. */
    boolean holds(TrainingPlan.Schedule schedule) {
        return schedule.patience() > 0 && schedule.epochs() == of;
    }

    /** For people. */
    String sentence(String score, int patience) {
        return String.format(
                Locale.ROOT,
                "No rise of %s by %s in %d epochs: the training ends early, in epoch %d of %d%s; patience=0 trains all of them.",
                score,
                TrainingPlan.LEAST_GAIN,
                patience,
                until,
                of,
                until > since ? ", and until then the learning rate falls to its end" : "");
    }

    /** For a checkpoint. */
    void addTo(Map<String, String> metadata) {
        metadata.put(SINCE, Integer.toString(since));
        metadata.put(UNTIL, Integer.toString(until));
        metadata.put(OF, Integer.toString(of));
    }

    /** From a checkpoint; empty if it has none. */
    static Optional<EarlyEnd> of(Map<String, String> metadata) {
        return Optional.ofNullable(metadata.get(SINCE))
                .map(since -> new EarlyEnd(
                        Integer.parseInt(since),
                        Integer.parseInt(metadata.get(UNTIL)),
                        Integer.parseInt(metadata.get(OF))));
    }
}
