package io.github.transfuse.inference;

import io.github.transfuse.model.Identity;
import io.github.transfuse.model.InputSpec;
import io.github.transfuse.model.ModelHistory;
import io.github.transfuse.model.ModelSpec;
import io.github.transfuse.model.Normalization;
import io.github.transfuse.model.OutputSpec;
import io.github.transfuse.network.NetworkSpec;
import io.github.transfuse.network.Variant;
import java.util.List;
import java.util.Optional;

/** Models for tests of what happens around a network. */
final class Specs {
    static final Normalization AS_IT_IS = new Normalization(Normalization.Kind.FIXED, List.of(), List.of(), 0, 100);

    private Specs() {}

    /** As many outputs as channels. */
    static ModelSpec of(InputSpec input, int channels) {
        return new ModelSpec(
                new Identity("fake", "Fake", "For tests.", "none"),
                new NetworkSpec(input.size().size() == 3 ? Variant.T3D : Variant.T, channels, channels, true),
                input,
                new OutputSpec(
                        List.of(new OutputSpec.ClassSpec("a", 0xff0000)), OutputSpec.Kind.CLASSES, 0.5, 0, false),
                ModelHistory.empty());
    }

    /** The input of a network; sizes along z, y, x. */
    static InputSpec input(InputSpec.Rule rule, List<Integer> size, InputSpec.Mode mode, Double... pixelSize) {
        Optional<List<Double>> known = pixelSize.length == 0 ? Optional.empty() : Optional.of(List.of(pixelSize));
        return new InputSpec(rule, size, 0.5, AS_IT_IS, new InputSpec.Sampling(known, "micron", mode, 0));
    }
}
