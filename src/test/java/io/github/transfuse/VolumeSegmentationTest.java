package io.github.transfuse;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
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
import io.github.transfuse.network.Scales;
import io.github.transfuse.network.Variant;
import io.github.transfuse.settings.SettingException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import net.imglib2.Cursor;
import net.imglib2.RandomAccess;
import net.imglib2.img.Img;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.IntegerType;
import net.imglib2.type.numeric.real.FloatType;
import net.imglib2.util.Util;
import org.junit.jupiter.api.Test;

/** Stacks as volumes, with a network that finds what is bright. */
class VolumeSegmentationTest {

    private final List<int[]> shapes = new ArrayList<>();

    private TransFuse bright(double slice) {
        ModelSpec spec = new ModelSpec(
                new Identity("bright", "Bright", "For tests.", "none"),
                new NetworkSpec(
                        Variant.T3D.withScales(new Scales(List.of(4, 8, 8), List.of(1, 2, 2)), List.of(2, 2, 2)),
                        1,
                        1,
                        true),
                new InputSpec(
                        InputSpec.Rule.TILE,
                        List.of(8, 16, 16),
                        0.5,
                        new Normalization(Normalization.Kind.FIXED, List.of(), List.of(), 0, 100),
                        new InputSpec.Sampling(Optional.of(List.of(slice, 1.0, 1.0)), "mm", InputSpec.Mode.VOLUME, 0)),
                new OutputSpec(
                        List.of(new OutputSpec.ClassSpec("bright", 0x804090)),
                        OutputSpec.Kind.INSTANCES,
                        0.5,
                        0,
                        false),
                ModelHistory.empty());
        return TransFuse.with(new ModelFolder(Path.of("bright"), spec, "0".repeat(64)), options -> new Bright());
    }

    private final class Bright implements Network {
        @Override
        public NetworkInfo info() {
            return new NetworkInfo(Device.CPU, Precision.FLOAT32, List.of());
        }

        @Override
        public Batch predict(Batch tiles) {
            shapes.add(tiles.shape());
            Batch logits = Batch.allocate(tiles.shape());
            for (int i = 0; i < tiles.count(); i++) {
                logits.values().put(i, 20 * (tiles.values().get(tiles.values().position() + i) - 0.5f));
            }
            return logits;
        }

        @Override
        public void close() {
            // nothing to free
        }
    }

    /** A bright bar through all slices in each of two time points, with slices 2 mm apart. */
    private static CalibratedImage stack() {
        Img<FloatType> pixels = ArrayImgs.floats(20, 12, 10, 2);
        Cursor<FloatType> cursor = pixels.localizingCursor();
        while (cursor.hasNext()) {
            cursor.fwd();
            boolean bar = Math.abs(cursor.getIntPosition(0) - 4 - cursor.getIntPosition(2)) < 3
                    && cursor.getIntPosition(1) >= 4
                    && cursor.getIntPosition(1) < 8;
            cursor.get().set(bar ? 1 : 0);
        }
        List<Axis> axes = List.of(
                new Axis(Axis.Kind.X, 1, "mm"),
                new Axis(Axis.Kind.Y, 1, "mm"),
                new Axis(Axis.Kind.Z, 2, "mm"),
                Axis.of(Axis.Kind.TIME));
        return new CalibratedImage("stack", pixels, axes, false, List.of());
    }

    @Test
    void aVolumeIsSeenInTilesOfThreeAxesAndTimesAlone() throws IOException {
        try (TransFuse model = bright(2)) {
            Segmentation result = model.with("batch_size", 1).segment(stack());
            assertArrayEquals(new int[] {1, 1, 8, 16, 16}, shapes.get(0));
            assertEquals(2, result.objects().orElseThrow(), "one object a time point, connected along z");
            RandomAccess<? extends IntegerType<?>> labels = result.labels().randomAccess();
            Cursor<FloatType> cursor = floats().localizingCursor();
            while (cursor.hasNext()) {
                boolean expected = cursor.next().get() > 0.5;
                int label = labels.setPositionAndGet(cursor).getInteger();
                assertEquals(expected, label > 0, () -> "at " + Util.printCoordinates(cursor));
            }
            assertEquals(List.of(20L, 12L, 10L, 2L), dimensions(result));
        }
    }

    @SuppressWarnings("unchecked")
    private static Img<FloatType> floats() {
        return (Img<FloatType>) stack().pixels();
    }

    private static List<Long> dimensions(Segmentation result) {
        return Arrays.stream(result.labels().dimensionsAsLongArray()).boxed().toList();
    }

    @Test
    void slicesAreResampledToTheVoxelSizeOfTheModelAndBack() throws IOException {
        try (TransFuse model = bright(1)) {
            Segmentation result = model.with("batch_size", 1).with("overlap", 0).segment(stack());
            // 20 slices of 1 mm instead of 10: three tiles of 8 along z, two along x, one along y, two times
            assertEquals(3 * 2 * 2, result.statistics().tiles());
            assertEquals(List.of(20L, 12L, 10L, 2L), dimensions(result));
            assertTrue(
                    result.labels().randomAccess().setPositionAndGet(8, 6, 4, 0).getInteger() > 0);
        }
    }

    @Test
    void anotherModeAndASingleSliceAreExplained() {
        try (TransFuse model = bright(2)) {
            SettingException mode = assertThrows(
                    SettingException.class, () -> model.with("mode", "slices").segment(stack()));
            assertTrue(mode.getMessage().contains("mode=slices")
                    && mode.getMessage().contains("mode=volume"));
            UnsupportedImageException plane = assertThrows(
                    UnsupportedImageException.class,
                    () -> model.segment(
                            CalibratedImage.of("plane", ArrayImgs.floats(20, 12), Axis.Kind.X, Axis.Kind.Y)));
            assertTrue(plane.getMessage().contains("single slice"), plane.getMessage());
            SettingException tile = assertThrows(
                    SettingException.class, () -> model.with("tile_size", "64").segment(stack()));
            assertTrue(tile.getMessage().contains("16x16x8"), tile.getMessage());
        }
    }
}
