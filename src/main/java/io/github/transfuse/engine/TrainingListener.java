package io.github.transfuse.engine;

import java.util.List;

/** Watches and steers a training. All calls come from the training's thread. */
public interface TrainingListener {

    /** What the training shall do next. */
    enum Request {
        /** Go on. */
        CONTINUE,
        /** Wait; asked again every 100 ms. */
        PAUSE,
        /** Stop after this step and keep the best weights. */
        STOP
    }

    /** Ignores everything and goes on. */
    TrainingListener NONE = new TrainingListener() {};

    /** The training is prepared and about to start; unless heard otherwise, notes tell what it is about to do. */
    default void prepared(TrainingSummary summary) {
        summary.sentences().forEach(this::note);
    }

    /** A step ended: {@code step} of {@code steps} in this epoch, with its training loss. */
    default void step(int epoch, int step, int steps, double loss) {}

    /** An epoch ended. */
    default void epoch(EpochReport report) {}

    /** A sentence for people, such as a fallback to a smaller batch. */
    default void note(String sentence) {}

    /** Asked before every step. */
    default Request request() {
        return Request.CONTINUE;
    }

    /** One listener that tells all of these; the training stops if one asks for it, and waits while one asks for that. */
    static TrainingListener all(TrainingListener... listeners) {
        return new JointListener(List.of(listeners));
    }
}
