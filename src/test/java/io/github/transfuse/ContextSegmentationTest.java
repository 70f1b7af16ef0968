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
import java.util.List;
import java.util.Optional;
import net.imglib2.RandomAccess;
import net.imglib2.img.Img;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.IntegerType;
import net.imglib2.type.numeric.real.FloatType;
import org.junit.jupiter.api.Test;

/** Slices with their neighbours as channels. */
public class ContextSegmentationTest {

    private static ModelSpec spec(int channels, int context) {
        InputSpec.Mode mode = context > 0 ? InputSpec.Mode.CONTEXT : InputSpec.Mode.SLICES;
        return new ModelSpec(
                new Identity("neighbours", "Neighbours", "For tests.", "none"),
                new NetworkSpec(Variant.T, channels, 1, true),
                new InputSpec(
                        InputSpec.Rule.TILE,
                        List.of(32, 32),
                        0.5,
                        new Normalization(Normalization.Kind.FIXED, List.of(), List.of(), 0, 100),
                        new InputSpec.Sampling(Optional.empty(), "pixel", mode, context)),
                new OutputSpec(
                        List.of(new OutputSpec.ClassSpec("bright", 0x804090)), OutputSpec.Kind.CLASSES, 0.5, 0, false),
                ModelHistory.empty());
    }

    /** A model whose foreground is where one channel of its input is bright. */
    public static TransFuse channel(int channels, int context, int watched) {
        return TransFuse.with(
                new ModelFolder(Path.of("neighbours"), spec(channels, context), "0".repeat(64)),
                options -> new OneChannel(watched));
    }

    private record OneChannel(int watched) implements Network {
        @Override
        public NetworkInfo info() {
            return new NetworkInfo(Device.CPU, Precision.FLOAT32, List.of());
        }

        @Override
        public Batch predict(Batch tiles) {
            int[] shape = tiles.shape();
            int pixels = shape[2] * shape[3];
            Batch logits = Batch.allocate(shape[0], 1, shape[2], shape[3]);
            for (int i = 0; i < shape[0] * pixels; i++) {
                int at = (i / pixels * shape[1] + watched) * pixels + i % pixels;
                logits.values().put(i, tiles.values().get(tiles.values().position() + at) - 0.5f);
            }
            return logits;
        }

        @Override
        public void close() {
            // holds nothing
        }
    }

    /** Two time points of four slices with two channels; in slice z, channel c is bright where x = 8 c + z + 4 t. */
    private static CalibratedImage stack() {
        Img<FloatType> pixels = ArrayImgs.floats(20, 6, 2, 4, 2);
        RandomAccess<FloatType> access = pixels.randomAccess();
        for (int t = 0; t < 2; t++) {
            for (int z = 0; z < 4; z++) {
                for (int c = 0; c < 2; c++) {
                    access.setPositionAndGet(8 * c + z + 4 * t, 3, c, z, t).set(1);
                }
            }
        }
        return CalibratedImage.of(
                "stack", pixels, Axis.Kind.X, Axis.Kind.Y, Axis.Kind.CHANNEL, Axis.Kind.Z, Axis.Kind.TIME);
    }

    @Test
    void channelsAreThoseOfTheNeighboursFromLowToHighWithTheEdgesRepeated() throws IOException {
        int context = 2;
        for (int watched = 0; watched < 10; watched++) {
            try (TransFuse model = channel(10, context, watched)) {
                Segmentation result = model.segment(stack());
                int channel = watched % 2;
                for (int t = 0; t < 2; t++) {
                    for (int z = 0; z < 4; z++) {
                        int seen = Math.max(0, Math.min(3, z + watched / 2 - context));
                        assertEquals(8 * channel + seen + 4 * t, onlyForeground(result, z, t), "channel " + watched);
                    }
                }
                assertEquals(2, result.provenance().normalization().channels(), "that of the image");
            }
        }
    }

    private static int onlyForeground(Segmentation result, int z, int t) {
        RandomAccess<? extends IntegerType<?>> labels = result.labels().randomAccess();
        int found = -1;
        for (int x = 0; x < 20; x++) {
            if (labels.setPositionAndGet(x, 3, z, t).getInteger() > 0) {
                assertEquals(-1, found, "one pixel is bright");
                found = x;
            }
        }
        return found;
    }

    @Test
    void aPlaneIsItsOwnNeighbour() throws IOException {
        Img<FloatType> pixels = ArrayImgs.floats(20, 6);
        pixels.randomAccess().setPositionAndGet(7, 3).set(1);
        try (TransFuse model = channel(3, 1, 2)) {
            Segmentation result = model.segment(CalibratedImage.of("plane", pixels, Axis.Kind.X, Axis.Kind.Y));
            assertEquals(
                    1, result.labels().randomAccess().setPositionAndGet(7, 3).getInteger());
        }
    }

    @Test
    void mismatchesAreExplained() {
        try (TransFuse model = channel(3, 1, 2)) {
            SettingException mode = assertThrows(
                    SettingException.class, () -> model.with("mode", "slices").segment(stack()));
            assertTrue(mode.getMessage().contains("trained for mode=context"), mode.getMessage());
            UnsupportedImageException channels =
                    assertThrows(UnsupportedImageException.class, () -> model.segment(stack()));
            assertTrue(channels.getMessage().contains("wants 1 channel(s), but 2"), channels.getMessage());
        }
        IllegalArgumentException even = assertThrows(IllegalArgumentException.class, () -> spec(4, 1));
        assertTrue(even.getMessage().contains("multiple of the 3 slices"), even.getMessage());
    }
}
