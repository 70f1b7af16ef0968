package io.github.transfuse.imagej;

import io.github.transfuse.engine.EngineLoader;
import io.github.transfuse.model.Identity;
import io.github.transfuse.model.InputSpec;
import io.github.transfuse.model.ModelFolder;
import io.github.transfuse.model.ModelHistory;
import io.github.transfuse.model.ModelSpec;
import io.github.transfuse.model.Normalization;
import io.github.transfuse.model.OutputSpec;
import io.github.transfuse.network.NetworkSpec;
import io.github.transfuse.network.Variant;
import io.github.transfuse.torch.nn.Initialization;
import io.github.transfuse.torch.nn.StateDict;
import io.github.transfuse.torch.nn.TransFuseNetwork;
import io.github.transfuse.weights.DType;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A model of variant T with random weights: enough to compare two ways of running it. */
final class RandomModel {
    private static final int SIZE = 64;

    private RandomModel() {}

    /** Writes a model for RGB images of any size, resized to 64 x 64, with one class. */
    static Path write(Path folder) throws IOException {
        NetworkSpec network = new NetworkSpec(Variant.T.withGrid(SIZE / 16, SIZE / 16), 3, 1, true);
        ModelSpec spec = new ModelSpec(
                new Identity("random", "Random", "Untrained, for tests.", "CC0-1.0"),
                network,
                new InputSpec(
                        InputSpec.Rule.RESIZE,
                        List.of(SIZE, SIZE),
                        0.5,
                        Normalization.IMAGENET,
                        InputSpec.Sampling.AS_IS),
                new OutputSpec(
                        List.of(new OutputSpec.ClassSpec("thing", 0xff8000)), OutputSpec.Kind.CLASSES, 0.5, 0, false),
                ModelHistory.empty());
        // The engine has to be the one that loads the native libraries
        EngineLoader.engine();
        try (TransFuseNetwork weights = new TransFuseNetwork(network, 0)) {
            Initialization.random(weights, 7);
            return ModelFolder.write(folder, spec, StateDict.store(weights, DType.F32), DType.F32)
                    .path();
        }
    }
}
