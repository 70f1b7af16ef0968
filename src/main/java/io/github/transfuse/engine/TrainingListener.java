package io.github.transfuse.engine;

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
}
