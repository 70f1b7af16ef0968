package io.github.transfuse.torch.infer;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** What happens to every output element of an operation. */
enum Activation {
    NONE("none"),
    RELU("relu"),
    SIGMOID("sigmoid"),
    /** The exact form with the error function. */
    GELU("gelu");

    private final String attribute;

    Activation(String attribute) {
        this.attribute = attribute;
    }

    /** As the fused operations of libtorch call it. */
    String attribute() {
        return attribute;
    }

    /** Applied on its own, in place where that is possible. */
    Tensor apply(Tensor x) {
        return switch (this) {
            case NONE -> x;
            case RELU -> torch.relu_(x);
            case SIGMOID -> torch.sigmoid_(x);
            case GELU -> torch.gelu(x);
        };
    }
}
