package io.github.transfuse;

import io.github.transfuse.engine.Batch;
import io.github.transfuse.engine.Device;
import io.github.transfuse.engine.EngineOutOfMemoryException;
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
import io.github.transfuse.segmentation.NetworkHolder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Networks whose answer is known without computing, and models for them. */
public final class FakeNetworks {
    private FakeNetworks() {}

    /** A network of as many outputs as channels: logits are the inputs times a factor. Remembers its batches. */
    public static class Times implements Network {
        private final float factor;
        private final int largest;
        private final Device device;
        public final List<int[]> shapes = new ArrayList<>();
        private boolean open = true;

        public Times(float factor) {
            this(factor, Integer.MAX_VALUE, Device.CPU);
        }

        /** Runs out of memory for batches larger than {@code largest}. */
        public Times(float factor, int largest, Device device) {
            this.factor = factor;
            this.largest = largest;
            this.device = device;
        }

        @Override
        public NetworkInfo info() {
            return new NetworkInfo(device, Precision.FLOAT32, List.of());
        }

        @Override
        public Batch predict(Batch tiles) {
            if (!open) {
                throw new IllegalStateException("closed");
            }
            if (tiles.shape()[0] > largest) {
                throw new EngineOutOfMemoryException("no memory for " + tiles.shape()[0]);
            }
            shapes.add(tiles.shape().clone());
            Batch logits = Batch.allocate(tiles.shape());
            for (int i = 0; i < tiles.count(); i++) {
                logits.values()
                        .put(i, factor * tiles.values().get(tiles.values().position() + i));
            }
            return logits;
        }

        public boolean isOpen() {
            return open;
        }

        @Override
        public void close() {
            open = false;
        }
    }

    /** A model with a network from elsewhere, for tests in other packages. */
    public static TransFuse open(ModelFolder model, NetworkHolder.Opener opener) {
        return TransFuse.with(model, opener);
    }

    /** A model with one output per channel, whose inputs are the pixel values. */
    public static ModelFolder model(
            InputSpec.Rule rule, int channels, OutputSpec.Kind kind, Optional<Double> pixelSize) {
        InputSpec.Sampling sampling =
                new InputSpec.Sampling(pixelSize.map(size -> List.of(size, size)), "micron", InputSpec.Mode.SLICES, 0);
        Normalization asTheyAre = new Normalization(Normalization.Kind.FIXED, List.of(), List.of(), 0, 100);
        List<OutputSpec.ClassSpec> classes = IntStream.range(0, Math.max(1, channels - 1))
                .mapToObj(i -> new OutputSpec.ClassSpec("class" + i, 0xff0000))
                .toList();
        ModelSpec spec = new ModelSpec(
                new Identity("fake", "Fake", "For tests.", "none"),
                new NetworkSpec(Variant.T, channels, channels, true),
                new InputSpec(rule, List.of(32, 48), 0.5, asTheyAre, sampling),
                new OutputSpec(classes, kind, 0.5, 0, false),
                ModelHistory.empty());
        return new ModelFolder(Path.of("fake"), spec, "0".repeat(64));
    }

    /** The same model, for stacks seen in another way. */
    public static ModelFolder inMode(ModelFolder model, InputSpec.Mode mode) {
        ModelSpec like = model.spec();
        InputSpec input = like.input();
        InputSpec.Sampling sampling = input.sampling();
        InputSpec changed = new InputSpec(
                input.rule(),
                input.size(),
                input.overlap(),
                input.normalization(),
                new InputSpec.Sampling(sampling.pixelSize(), sampling.unit(), mode, sampling.context()));
        ModelSpec spec = new ModelSpec(like.identity(), like.network(), changed, like.output(), like.history());
        return new ModelFolder(model.path(), spec, model.sha256());
    }
}
