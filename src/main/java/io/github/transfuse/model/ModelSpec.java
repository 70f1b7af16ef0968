package io.github.transfuse.model;

import io.github.transfuse.network.NetworkSpec;
import io.github.transfuse.network.Scales;

/**
 * All that a model says of itself, as stored in {@code model.json}. A spec and the weights beside it are enough to
 * segment an image as the model's author would.
 *
 * @param identity name and card
 * @param network which network the weights fit
 * @param input what the network wants to see
 * @param output what its logits mean
 * @param history where it comes from: training, data, metrics, checks
 */
public record ModelSpec(
        Identity identity, NetworkSpec network, InputSpec input, OutputSpec output, ModelHistory history) {

    /** Version of the format of {@code model.json} that this code writes; newer ones are refused. */
    public static final int FORMAT_VERSION = 1;

    /** Checks that the network can see inputs of the given size. */
    public ModelSpec {
        Scales scales = network.variant().scales();
        boolean volumes = input.sampling().mode() == InputSpec.Mode.VOLUME;
        if (volumes != (scales.axes() == 3)) {
            throw new IllegalArgumentException("variant " + network.variant().name() + " is for "
                    + (scales.axes() == 3 ? "mode volume" : "planes") + ", not for mode "
                    + Fields.word(input.sampling().mode()) + ".");
        }
        if (input.sampling().mode() == InputSpec.Mode.TRIPLANAR && input.rule() != InputSpec.Rule.TILE) {
            throw new IllegalArgumentException(
                    "mode triplanar needs rule tile: resized to one input size, the planes along"
                            + " three axes would have pixels of different sizes.");
        }
        int slices = input.sampling().slices();
        if (network.channels() % slices != 0) {
            throw new IllegalArgumentException("channels must be a multiple of the " + slices
                    + " slices that mode context sees at once, not " + network.channels() + ".");
        }
        if (!scales.divide(input.size())) {
            throw new IllegalArgumentException("input size must have " + scales.axes()
                    + " numbers, multiples of the patch_size " + scales.patch() + ", not " + input.size() + ".");
        }
    }

    /** Channels of an image; the network sees as many of each neighbouring slice too. */
    public int imageChannels() {
        return network.channels() / input.sampling().slices();
    }

    /** The same model, which sees pixel values in another way. */
    public ModelSpec withNormalization(Normalization changed) {
        InputSpec seen = new InputSpec(input.rule(), input.size(), input.overlap(), changed, input.sampling());
        return new ModelSpec(identity, network, seen, output, history);
    }

    /** The same model, whose logits become labels in another way. */
    public ModelSpec withOutput(OutputSpec changed) {
        return new ModelSpec(identity, network, input, changed, history);
    }

    /** The same model with another history. */
    public ModelSpec withHistory(ModelHistory changed) {
        return new ModelSpec(identity, network, input, output, changed);
    }
}
