package io.github.transfuse;

import io.github.transfuse.engine.Batch;
import io.github.transfuse.engine.Device;
import io.github.transfuse.engine.Network;
import io.github.transfuse.engine.NetworkInfo;
import io.github.transfuse.engine.Precision;
import io.github.transfuse.model.Identity;
import io.github.transfuse.model.InputSpec;
import io.github.transfuse.model.ModelFolder;
import io.github.transfuse.model.ModelHistory;
import io.github.transfuse.model.ModelSpec;
import io.github.transfuse.model.Normalization;
import io.github.transfuse.model.OutputSpec;
import io.github.transfuse.network.NetworkSpec;
import io.github.transfuse.network.Scales;
import io.github.transfuse.network.Variant;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Models for volumes that lie in the body, with a network whose answer changes with every mirror and every exchange of axes. */
final class OrientedModels {
    private OrientedModels() {}

    /**
     * A model of objects in one channel, at voxels of 1 mm.
     *
     * @param orientation that it knows; empty: volumes are taken as they lie
     */
    static TransFuse lopsided(InputSpec.Mode mode, Optional<String> orientation) {
        boolean volume = mode == InputSpec.Mode.VOLUME;
        int context = mode == InputSpec.Mode.CONTEXT ? 1 : 0;
        Variant variant = volume
                ? Variant.T3D.withScales(new Scales(List.of(4, 8, 8), List.of(1, 2, 2)), List.of(2, 2, 2))
                : Variant.T;
        List<Integer> size = volume ? List.of(8, 16, 16) : List.of(16, 16);
        InputSpec.Sampling sampling = new InputSpec.Sampling(
                Optional.of(size.stream().map(axis -> 1.0).toList()), "mm", mode, context, orientation);
        ModelSpec spec = new ModelSpec(
                new Identity("lopsided", "Lopsided", "For tests.", "none"),
                new NetworkSpec(variant, 1 + 2 * context, 1, true),
                new InputSpec(
                        InputSpec.Rule.TILE,
                        size,
                        0.5,
                        new Normalization(Normalization.Kind.ZSCORE, List.of(), List.of(), 0, 100),
                        sampling),
                new OutputSpec(
                        List.of(new OutputSpec.ClassSpec("object", 0x804090)),
                        OutputSpec.Kind.INSTANCES,
                        0.5,
                        0,
                        false),
                ModelHistory.empty());
        return TransFuse.with(new ModelFolder(Path.of("lopsided"), spec, "0".repeat(64)), options -> new Lopsided());
    }

    /** A voxel, its neighbours on some sides, and where it is in the tile; later channels count more. */
    private static final class Lopsided implements Network {
        @Override
        public NetworkInfo info() {
            return new NetworkInfo(Device.CPU, Precision.FLOAT32, List.of());
        }

        @Override
        public Batch predict(Batch tiles) {
            int[] shape = tiles.shape().clone();
            int channels = shape[1];
            shape[1] = 1;
            Batch logits = Batch.allocate(shape);
            int width = shape[shape.length - 1];
            int voxels = Math.toIntExact(tiles.count() / shape[0] / channels);
            int start = tiles.values().position();
            for (int i = 0; i < shape[0] * voxels; i++) {
                int at = i % voxels;
                int row = at / width;
                float sum = -1.2f + 0.05f * (at % width) - 0.03f * row;
                for (int c = 0; c < channels; c++) {
                    int from = start + (i / voxels * channels + c) * voxels;
                    sum += (1 + c)
                            * (tiles.values().get(from + at)
                                    + 0.7f * tiles.values().get(from + (at + 1) % voxels)
                                    - 0.9f * tiles.values().get(from + (at + width) % voxels));
                }
                logits.values().put(i, sum);
            }
            return logits;
        }

        @Override
        public void close() {
            // nothing to free
        }
    }
}
