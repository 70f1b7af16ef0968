package io.github.transfuse.torch.train;

import io.github.transfuse.torch.nn.TransFuseNetwork;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/** Adam over two groups, the backbones and the rest, with clipped gradients and a learning-rate schedule. */
final class Optimizer implements AutoCloseable {

    private static final double MAX_NORM = 2.0;

    private final List<FlatParameters> groups;
    private final Adam adam;
    private final LearningRate rate;

    /** Takes over the memory of the network's parameters. */
    Optimizer(TransFuseNetwork network, double beta1, LearningRate rate) {
        List<Tensor> backbones = new ArrayList<>();
        List<Tensor> rest = new ArrayList<>();
        for (Map.Entry<String, Tensor> entry : network.namedParameters().entrySet()) {
            (entry.getKey().matches("(resnet|transformer)\\..*") ? backbones : rest).add(entry.getValue());
        }
        groups = List.of(new FlatParameters(backbones), new FlatParameters(rest));
        adam = new Adam(groups, beta1);
        this.rate = rate;
    }

    /** Forgets the gradients. */
    void zeroGradients() {
        groups.forEach(FlatParameters::zeroGradients);
    }

    /** Makes a step and returns the norm of the gradient before clipping. */
    double step() {
        return adam.step(rate.at(adam.steps()), MAX_NORM);
    }

    /** The optimiser's own state. */
    Adam adam() {
        return adam;
    }

    @Override
    public void close() {
        adam.close();
        groups.forEach(FlatParameters::close);
    }
}
