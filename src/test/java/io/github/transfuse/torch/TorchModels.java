package io.github.transfuse.torch;

import io.github.transfuse.model.Identity;
import io.github.transfuse.model.InputSpec;
import io.github.transfuse.model.ModelFolder;
import io.github.transfuse.model.ModelHistory;
import io.github.transfuse.model.ModelSpec;
import io.github.transfuse.model.Normalization;
import io.github.transfuse.model.OutputSpec;
import io.github.transfuse.network.NetworkSpec;
import io.github.transfuse.network.Variant;
import io.github.transfuse.torch.nn.FormulaFill;
import io.github.transfuse.torch.nn.ShapeText;
import io.github.transfuse.torch.nn.StateDict;
import io.github.transfuse.torch.nn.TransFuseNetwork;
import io.github.transfuse.weights.DType;
import io.github.transfuse.weights.StoredTensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Model folders with weights by formula, and networks of them. */
public final class TorchModels {

    private TorchModels() {}

    /** A network whose weights follow the formula of the golden fixtures. */
    public static TransFuseNetwork network(NetworkSpec spec, int seed) {
        TransFuseNetwork network = new TransFuseNetwork(spec, 0);
        network.stateDict()
                .forEach((key, tensor) -> StateDict.copy(FormulaFill.weight(key, ShapeText.of(tensor), seed), tensor));
        return network;
    }

    static List<StoredTensor> tensors(NetworkSpec spec) {
        try (TransFuseNetwork network = new TransFuseNetwork(spec, 0)) {
            List<StoredTensor> tensors = new ArrayList<>();
            network.stateDict().forEach((key, tensor) -> tensors.add(FormulaFill.weight(key, ShapeText.of(tensor), 1)));
            return tensors;
        }
    }

    static ModelFolder write(Path folder, List<StoredTensor> tensors) throws IOException {
        return ModelFolder.write(folder, spec(), tensors, DType.F32);
    }

    static NetworkSpec tiny() {
        return new NetworkSpec(Variant.T, 3, 1, true);
    }

    static ModelSpec spec() {
        return new ModelSpec(
                new Identity("formula", "Formula", "Weights by formula, for tests.", "CC0-1.0"),
                tiny(),
                new InputSpec(
                        InputSpec.Rule.TILE,
                        List.of(64, 64),
                        0.5,
                        Normalization.IMAGENET,
                        new InputSpec.Sampling(Optional.empty(), "", InputSpec.Mode.SLICES, 0)),
                new OutputSpec(
                        List.of(new OutputSpec.ClassSpec("thing", 0x00ff80)), OutputSpec.Kind.CLASSES, 0.5, 0, false),
                ModelHistory.empty());
    }
}
