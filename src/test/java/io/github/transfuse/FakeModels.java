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
import io.github.transfuse.network.Variant;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Models for the tests of hosts, whose network needs no native code. */
public final class FakeModels {
    private FakeModels() {}

    /** A model for colour images whose foreground is where green is below 0.6. */
    public static TransFuse dark(double micronsPerPixel) {
        return dark(micronsPerPixel, OutputSpec.Kind.CLASSES, 1);
    }

    /** The same foreground as instances, without a boundary. */
    public static TransFuse darkInstances(double micronsPerPixel) {
        return dark(micronsPerPixel, OutputSpec.Kind.BOUNDARY_INSTANCES, 3);
    }

    /** As {@link #dark(double)}, but what a pixel is depends on the whole tile and on its place in the tile. */
    public static TransFuse context(double micronsPerPixel) {
        return context(dark(micronsPerPixel).model());
    }

    /** The same as instances, with blue rims as boundaries. */
    public static TransFuse contextInstances(double micronsPerPixel) {
        return context(darkInstances(micronsPerPixel).model());
    }

    private static TransFuse context(ModelFolder folder) {
        int outputs = folder.spec().network().classes();
        return TransFuse.with(folder, options -> new ContextNetwork(outputs));
    }

    private static TransFuse dark(double micronsPerPixel, OutputSpec.Kind kind, int outputs) {
        ModelSpec spec = new ModelSpec(
                new Identity("dark", "Dark", "For tests.", "none"),
                new NetworkSpec(Variant.T, 3, outputs, true),
                new InputSpec(
                        InputSpec.Rule.TILE,
                        List.of(64, 64),
                        0.5,
                        new Normalization(Normalization.Kind.FIXED, List.of(), List.of(), 0, 100),
                        new InputSpec.Sampling(
                                Optional.of(List.of(micronsPerPixel, micronsPerPixel)),
                                "micron",
                                InputSpec.Mode.SLICES,
                                0)),
                new OutputSpec(List.of(new OutputSpec.ClassSpec("disc", 0x804090)), kind, 0.5, 0, false),
                ModelHistory.empty());
        return dark(new ModelFolder(Path.of("dark"), spec, "0".repeat(64)));
    }

    /** The same model by another name. */
    public static ModelFolder named(ModelFolder model, String name) {
        ModelSpec spec = model.spec();
        Identity identity = new Identity(name, "Dark", "For tests.", "none");
        return new ModelFolder(
                Path.of(name),
                new ModelSpec(identity, spec.network(), spec.input(), spec.output(), spec.history()),
                model.sha256());
    }

    /** The same network for stacks seen in another way. */
    public static TransFuse inMode(TransFuse dark, InputSpec.Mode mode) {
        return dark(FakeNetworks.inMode(dark.model(), mode));
    }

    /** The same network whose model takes objects apart by their shape. */
    public static TransFuse splitting(TransFuse dark, double depth) {
        ModelFolder model = dark.model();
        OutputSpec output = model.spec().output();
        ModelSpec spec = model.spec().withOutput(new OutputSpec(output.classes(), output.kind(), 0.5, 0, false, depth));
        return dark(new ModelFolder(model.path(), spec, model.sha256()));
    }

    private static TransFuse dark(ModelFolder folder) {
        return TransFuse.with(
                folder, options -> new Dark(folder.spec().network().classes()));
    }

    /** One output is a logit of what is dark; of three, the second is it, and the first its contrary. */
    private record Dark(int outputs) implements Network {
        @Override
        public NetworkInfo info() {
            return new NetworkInfo(Device.CPU, Precision.FLOAT32, List.of());
        }

        @Override
        public Batch predict(Batch tiles) {
            int[] shape = tiles.shape();
            int pixels = shape[2] * shape[3];
            Batch logits = Batch.allocate(shape[0], outputs, shape[2], shape[3]);
            int start = tiles.values().position();
            for (int i = 0; i < shape[0] * pixels; i++) {
                int tile = i / pixels;
                float green = tiles.values().get(start + (tile * 3 + 1) * pixels + i % pixels);
                float dark = 20 * (0.6f - green);
                int first = tile * outputs * pixels + i % pixels;
                if (outputs == 1) {
                    logits.values().put(first, dark);
                } else {
                    logits.values().put(first, -dark).put(first + pixels, dark).put(first + 2 * pixels, -20);
                }
            }
            return logits;
        }

        @Override
        public void close() {
            // holds nothing
        }
    }
}
