package io.github.transfuse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.transfuse.engine.Batch;
import io.github.transfuse.engine.Device;
import io.github.transfuse.engine.Network;
import io.github.transfuse.engine.NetworkInfo;
import io.github.transfuse.engine.Precision;
import io.github.transfuse.image.Axis;
import io.github.transfuse.image.CalibratedImage;
import io.github.transfuse.image.UnsupportedImageException;
import io.github.transfuse.model.Identity;
import io.github.transfuse.model.InputSpec;
import io.github.transfuse.model.ModelFolder;
import io.github.transfuse.model.ModelHistory;
import io.github.transfuse.model.ModelSpec;
import io.github.transfuse.model.Normalization;
import io.github.transfuse.model.OutputSpec;
import io.github.transfuse.network.NetworkSpec;
import io.github.transfuse.network.Variant;
import io.github.transfuse.settings.SettingException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntToDoubleFunction;
import net.imglib2.Cursor;
import net.imglib2.img.Img;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.real.FloatType;
import net.imglib2.view.Views;
import org.junit.jupiter.api.Test;

/** Volumes seen by a network for planes along three axes. */
class TriplanarSegmentationTest {
    private static final int TILE = 32;

    /** Largest difference of neighbouring rows of each tile, in the order of the tiles. */
    private final List<Float> steepest = new ArrayList<>();

    /** Shapes of the batches that the network got. */
    private final List<int[]> batches = new ArrayList<>();

    private static ModelSpec spec(InputSpec.Rule rule) {
        return new ModelSpec(
                new Identity("planes", "Planes", "For tests.", "none"),
                new NetworkSpec(Variant.T, 1, 1, true),
                new InputSpec(
                        rule,
                        List.of(TILE, TILE),
                        0.5,
                        new Normalization(Normalization.Kind.FIXED, List.of(), List.of(), 0, 100),
                        new InputSpec.Sampling(Optional.of(List.of(1.0, 1.0)), "mm", InputSpec.Mode.TRIPLANAR, 0)),
                new OutputSpec(
                        List.of(new OutputSpec.ClassSpec("bright", 0x804090)), OutputSpec.Kind.CLASSES, 0.5, 0, false),
                ModelHistory.empty());
    }

    /** A network that answers each tile with one logit, by the number of the tile. */
    private TransFuse answering(IntToDoubleFunction logit) {
        return TransFuse.with(
                new ModelFolder(Path.of("planes"), spec(InputSpec.Rule.TILE), "0".repeat(64)),
                options -> new Answering(logit));
    }

    private final class Answering implements Network {
        private final IntToDoubleFunction logit;

        Answering(IntToDoubleFunction logit) {
            this.logit = logit;
        }

        @Override
        public NetworkInfo info() {
            return new NetworkInfo(Device.CPU, Precision.FLOAT32, List.of());
        }

        @Override
        public Batch predict(Batch tiles) {
            batches.add(tiles.shape().clone());
            Batch logits = Batch.allocate(tiles.shape());
            int pixels = TILE * TILE;
            for (int n = 0; n < tiles.shape()[0]; n++) {
                float most = 0;
                int start = tiles.values().position() + n * pixels;
                for (int i = 0; i < pixels; i++) {
                    logits.values().put(n * pixels + i, (float) logit.applyAsDouble(steepest.size()));
                    float here = tiles.values().get(start + i);
                    float above = tiles.values().get(start + Math.max(i - TILE, i % TILE));
                    most = Math.max(most, Math.abs(here - above));
                }
                steepest.add(most);
            }
            return logits;
        }

        @Override
        public void close() {
            // nothing to free
        }
    }

    /** 20 x 12 x 10 voxels of 1 x 1 x 2 mm, whose value is a tenth of their slice. */
    private static CalibratedImage ramp() {
        Img<FloatType> pixels = ArrayImgs.floats(20, 12, 10);
        Cursor<FloatType> cursor = pixels.localizingCursor();
        while (cursor.hasNext()) {
            cursor.fwd();
            cursor.get().set(cursor.getIntPosition(2) / 10f);
        }
        List<Axis> axes =
                List.of(new Axis(Axis.Kind.X, 1, "mm"), new Axis(Axis.Kind.Y, 1, "mm"), new Axis(Axis.Kind.Z, 2, "mm"));
        return new CalibratedImage("ramp", pixels, axes, false, List.of());
    }

    @Test
    void aVoxelGetsTheMeanProbabilityOfItsThreePlanes() throws IOException {
        // Ten planes across z are sure of foreground, 12 across y undecided, 20 across x sure of background
        try (TransFuse model = answering(tile -> tile < 10 ? 20 : tile < 22 ? 0 : -20)) {
            Segmentation result = model.with("probabilities", true).segment(ramp());
            assertEquals(10 + 12 + 20, result.statistics().tiles());
            for (FloatType p : Views.flatIterable(result.probabilities().orElseThrow())) {
                assertEquals(0.5, p.get(), 1e-5);
            }
        }
    }

    @Test
    void theThresholdIsOfTheMean() throws IOException {
        for (double threshold : new double[] {0.32, 0.34}) {
            steepest.clear();
            try (TransFuse model = answering(tile -> tile < 10 ? 20 : -20)) {
                Segmentation result = model.with("threshold", threshold).segment(ramp());
                int label = result.labels()
                        .randomAccess()
                        .setPositionAndGet(3, 3, 3)
                        .getInteger();
                assertEquals(threshold < 1 / 3.0 ? 1 : 0, label);
            }
        }
    }

    @Test
    void planesThroughTheSlicesHaveTheModelsPixelSizeAlongBothAxes() throws IOException {
        try (TransFuse model = answering(tile -> 0)) {
            model.segment(ramp());
            assertEquals(0, steepest.get(3), "a slice is even");
            assertEquals(0.05, steepest.get(15), 0.001, "slices 2 mm apart become rows of 1 mm");
            assertEquals(0.05, steepest.get(30), 0.001);
        }
    }

    @Test
    void mismatchesAreExplained() {
        try (TransFuse model = answering(tile -> 0)) {
            SettingException mode = assertThrows(
                    SettingException.class, () -> model.with("mode", "volume").segment(ramp()));
            assertTrue(mode.getMessage().contains("trained for mode=triplanar"), mode.getMessage());
            UnsupportedImageException plane = assertThrows(
                    UnsupportedImageException.class,
                    () -> model.segment(
                            CalibratedImage.of("plane", ArrayImgs.floats(20, 12), Axis.Kind.X, Axis.Kind.Y)));
            assertTrue(plane.getMessage().contains("mode=triplanar"), plane.getMessage());
        }
        assertThrows(IllegalArgumentException.class, () -> spec(InputSpec.Rule.RESIZE));
    }
}
