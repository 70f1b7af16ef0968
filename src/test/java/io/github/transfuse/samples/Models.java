package io.github.transfuse.samples;

import io.github.transfuse.model.Identity;
import io.github.transfuse.model.InputSpec;
import io.github.transfuse.model.ModelHistory;
import io.github.transfuse.model.ModelSpec;
import io.github.transfuse.model.OutputSpec;
import io.github.transfuse.network.NetworkSpec;
import java.util.List;

/** Models of which only the input matters. */
final class Models {
    private Models() {}

    static ModelSpec of(InputSpec input, NetworkSpec network) {
        return new ModelSpec(
                new Identity("t", "T", "", "CC0-1.0"),
                network,
                input,
                new OutputSpec(List.of(new OutputSpec.ClassSpec("object", 0)), OutputSpec.Kind.CLASSES, 0.5, 0, false),
                ModelHistory.empty());
    }
}
