package io.github.transfuse.engine;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Several listeners as one. */
record JointListener(List<TrainingListener> listeners) implements TrainingListener {
    @Override
    public void prepared(TrainingSummary summary) {
        listeners.forEach(listener -> listener.prepared(summary));
    }

    @Override
    public void step(int epoch, int step, int steps, double loss) {
        listeners.forEach(listener -> listener.step(epoch, step, steps, loss));
    }

    @Override
    public void epoch(EpochReport report) {
        listeners.forEach(listener -> listener.epoch(report));
    }

    @Override
    public void note(String sentence) {
        listeners.forEach(listener -> listener.note(sentence));
    }

    @Override
    public Request request() {
        Set<Request> requests =
                listeners.stream().map(TrainingListener::request).collect(Collectors.toSet());
        if (requests.contains(Request.STOP)) {
            return Request.STOP;
        }
        return requests.contains(Request.PAUSE) ? Request.PAUSE : Request.CONTINUE;
    }
}
