package io.github.transfuse.torch.infer;

import io.github.transfuse.torch.nn.BatchNorm;
import java.util.Map;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * The weights of a trained network by their names in the state dictionary, with every batch normalisation that follows a
 * convolution folded into it. Folding is computed in float64 and rounded once.
 *
 * @param state the network's state dictionary
 */
record FoldedWeights(Map<String, Tensor> state) {

    /** A tensor as stored. */
    Tensor get(String key) {
        Tensor found = state.get(key);
        if (found == null) {
            throw new IllegalArgumentException("The network has no tensor '" + key + "'.");
        }
        return found.detach();
    }

    boolean has(String key) {
        return state.containsKey(key);
    }

    /** A convolution or linear layer alone. */
    Folded plain(String layer) {
        return new Folded(get(layer + ".weight"), bias(layer).to(ScalarType.Float));
    }

    /** A convolution and the batch normalisation behind it. */
    Folded normalized(String conv, String norm) {
        Tensor scale = scale(norm);
        Tensor weight = get(conv + ".weight").to(ScalarType.Double).mul(scale.reshape(-1, 1, 1, 1));
        Tensor bias = bias(conv).sub(exact(norm + ".running_mean")).mul(scale).add(exact(norm + ".bias"));
        return new Folded(weight.to(ScalarType.Float), bias.to(ScalarType.Float));
    }

    /** What a batch normalisation multiplies each channel with. */
    private Tensor scale(String norm) {
        Tensor variance = exact(norm + ".running_var").add(new Scalar(BatchNorm.EPS));
        return exact(norm + ".weight").div(variance.sqrt());
    }

    private Tensor bias(String layer) {
        String key = layer + ".bias";
        return has(key)
                ? exact(key)
                : exact(layer + ".weight").new_zeros(get(layer + ".weight").size(0));
    }

    private Tensor exact(String key) {
        return get(key).to(ScalarType.Double);
    }
}
