package io.github.transfuse.torch.train;

import io.github.transfuse.torch.nn.TransFuseNetwork;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.pytorch.Tensor;

/**
 * Adam over two groups, the backbones and the rest, with clipped gradients, a learning-rate schedule, and a moving average
 * of the weights if asked for.
 */
final class Optimizer implements AutoCloseable {

    private static final double MAX_NORM = 2.0;

    private final List<FlatParameters> groups;
    private final Adam adam;
    private final LearningRate rate;
    private final Optional<WeightAverage> average;

    /**
     * Takes over the memory of the network's parameters.
     *
     * @param averaging decay of the moving average; 0: none
     */
    Optimizer(TransFuseNetwork network, double beta1, LearningRate rate, double averaging) {
        groups = List.of(new FlatParameters(network.pretrained()), new FlatParameters(network.untrained()));
        adam = new Adam(groups, beta1);
        average = averaging > 0 ? Optional.of(new WeightAverage(groups, averaging)) : Optional.empty();
        this.rate = rate;
    }

    /** Forgets the gradients. */
    void zeroGradients() {
        groups.forEach(FlatParameters::zeroGradients);
    }

    /** Makes a step and returns the norm of the gradient before clipping. */
    double step() {
        double norm = adam.step(rate.at(adam.steps()), MAX_NORM);
        average.ifPresent(a -> a.update(adam.steps()));
        return norm;
    }

    /** Puts the averaged weights in the place of the trained ones; a second call undoes it. */
    void swapAverage() {
        average.ifPresent(WeightAverage::swap);
    }

    /** The optimiser's own state. */
    Adam adam() {
        return adam;
    }

    /** All vectors that a checkpoint needs besides the network's weights. */
    Map<String, Tensor> vectors() {
        Map<String, Tensor> found = new LinkedHashMap<>();
        for (int i = 0; i < groups.size(); i++) {
            found.put("adam.mean." + i, adam.means().get(i));
            found.put("adam.square." + i, adam.squares().get(i));
        }
        average.ifPresent(a -> {
            for (int i = 0; i < groups.size(); i++) {
                found.put("average." + i, a.vectors().get(i));
            }
        });
        return found;
    }

    @Override
    public void close() {
        adam.close();
        average.ifPresent(WeightAverage::close);
        groups.forEach(FlatParameters::close);
    }
}
