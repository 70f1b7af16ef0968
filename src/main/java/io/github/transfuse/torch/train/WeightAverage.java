package io.github.transfuse.torch.train;

import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * An exponential moving average of all parameters, which usually validates better than the parameters of any single
 * step. It follows faster in the beginning: the decay of step t is at most (1 + t) / (10 + t).
 */
final class WeightAverage implements AutoCloseable {

    private final List<FlatParameters> groups;
    private final List<Tensor> averages;
    private final double decay;

    /** Starts at the present parameters. */
    WeightAverage(List<FlatParameters> groups, double decay) {
        this.groups = List.copyOf(groups);
        this.decay = decay;
        averages = groups.stream().map(WeightAverage::copy).toList();
    }

    private static Tensor copy(FlatParameters group) {
        try (PointerScope scope = new PointerScope();
                NoGradGuard guard = new NoGradGuard()) {
            Tensor average = group.values().clone();
            average.retainReference();
            return average;
        }
    }

    /** Takes in the parameters behind a step, counted from 1. */
    void update(long step) {
        double keep = Math.min(decay, (1.0 + step) / (10.0 + step));
        try (PointerScope scope = new PointerScope();
                NoGradGuard guard = new NoGradGuard()) {
            for (int i = 0; i < averages.size(); i++) {
                averages.get(i).lerp_(groups.get(i).values(), new Scalar(1 - keep));
            }
        }
    }

    /** Exchanges parameters and average; a second call undoes it. */
    void swap() {
        try (PointerScope scope = new PointerScope();
                NoGradGuard guard = new NoGradGuard()) {
            for (int i = 0; i < averages.size(); i++) {
                Tensor held = averages.get(i).clone();
                averages.get(i).copy_(groups.get(i).values());
                groups.get(i).values().copy_(held);
            }
        }
    }

    /** The averages, one vector a group. */
    List<Tensor> vectors() {
        return averages;
    }

    @Override
    public void close() {
        averages.forEach(Tensor::close);
    }
}
