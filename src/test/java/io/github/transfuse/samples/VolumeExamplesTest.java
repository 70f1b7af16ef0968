package io.github.transfuse.samples;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.transfuse.image.Axis;
import io.github.transfuse.image.CalibratedImage;
import io.github.transfuse.image.ResultFiles;
import io.github.transfuse.model.InputSpec;
import io.github.transfuse.model.Normalization;
import io.github.transfuse.network.NetworkSpec;
import io.github.transfuse.network.Variant;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SplittableRandom;
import net.imglib2.img.array.ArrayImgs;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Stacks as examples for networks of volumes. */
class VolumeExamplesTest {

    private static final int WIDTH = 20;
    private static final int HEIGHT = 16;
    private static final int SLICES = 6;
    private static final Normalization AS_STORED =
            new Normalization(Normalization.Kind.FIXED, List.of(), List.of(), 0, 100);

    @TempDir
    private Path folder;

    private Pair pair;

    /** Slice z has the value 10 z; class 1 fills the left half of slices 2 and 3. */
    @BeforeEach
    void write() throws IOException {
        byte[] image = new byte[SLICES * HEIGHT * WIDTH];
        byte[] mask = new byte[image.length];
        for (int i = 0; i < image.length; i++) {
            int z = i / (HEIGHT * WIDTH);
            image[i] = (byte) (10 * z);
            mask[i] = (byte) (z / 2 == 1 && i % WIDTH < WIDTH / 2 ? 1 : 0);
        }
        pair = new Pair("v", folder.resolve("v.tif"), folder.resolve("v_mask.tif"));
        store(pair.image(), image, SLICES);
        store(pair.mask(), mask, SLICES);
    }

    private static void store(Path file, byte[] voxels, int slices) throws IOException {
        List<Axis> axes =
                List.of(new Axis(Axis.Kind.X, 1, "mm"), new Axis(Axis.Kind.Y, 1, "mm"), new Axis(Axis.Kind.Z, 2, "mm"));
        var pixels = ArrayImgs.unsignedBytes(voxels, WIDTH, HEIGHT, slices);
        ResultFiles.writeTiff(file, new CalibratedImage("v", pixels, axes, false, List.of()), Map.of());
    }

    private static ExampleReader reader(double slice, int classes) {
        InputSpec input = new InputSpec(
                InputSpec.Rule.TILE,
                List.of(8, 8, 8),
                0.5,
                AS_STORED,
                new InputSpec.Sampling(Optional.of(List.of(slice, 1.0, 1.0)), "mm", InputSpec.Mode.VOLUME, 0));
        MaskCoding coding = new MaskCoding(MaskCoding.Rule.INDEX, new int[] {1}, false, OptionalInt.empty(), "");
        return new ExampleReader(Models.of(input, new NetworkSpec(Variant.T3D, 1, classes, true)), List.of(), coding);
    }

    @Test
    void aStackIsOneExampleAtTheVoxelSizeOfTheModel() throws IOException {
        List<ExampleReader.Read> read = reader(1, 2).read(pair);
        assertEquals(1, read.size());
        Example example = read.get(0).example();
        assertArrayEquals(new int[] {2 * SLICES, HEIGHT, WIDTH}, example.size());
        int plane = HEIGHT * WIDTH;
        // Between the slices of 0 and 10, a quarter of the way
        assertEquals(3, example.image().at(plane), "rounded from 2.5");
        for (int z = 0; z < 2 * SLICES; z++) {
            int expected = z / 4 == 1 ? 1 : 0;
            assertEquals(expected, example.target()[z * plane], "left in slice " + z);
            assertEquals(0, example.target()[(z + 1) * plane - 1], "right in slice " + z);
        }
        Truth truth = read.get(0).truth();
        assertEquals(SLICES, truth.depth(), "as stored");
        for (int z = 0; z < SLICES; z++) {
            assertEquals(z / 2 == 1 ? 1 : 0, truth.classes()[z * plane], "stored slice " + z);
        }
        assertEquals(1, example.slice(4).target()[0]);
        assertEquals(4, example.fullestSlice());
    }

    @Test
    void aForegroundAloneIsSoft() throws IOException {
        Example example = reader(2, 1).read(pair).get(0).example();
        assertEquals(Example.FOREGROUND, example.target()[2 * HEIGHT * WIDTH] & 0xFF);
    }

    @Test
    void aMaskWithOtherSlicesIsRefused() throws IOException {
        store(pair.mask(), new byte[3 * HEIGHT * WIDTH], 3);
        String message = assertThrows(SamplesException.class, () -> reader(2, 2).read(pair))
                .getMessage();
        assertTrue(message.contains("6 plane(s)") && message.contains("v_mask.tif has 3"), message);
    }

    @Test
    void tilesOftenHoldTheForeground() throws IOException {
        Example example = reader(2, 2).read(pair).get(0).example();
        Crops crops = Crops.tiles(List.of(example), List.of(4, 8, 8), false);
        int with = 0;
        for (int n = 0; n < 200; n++) {
            Frame frame = crops.draw(0, new SplittableRandom(n)).frame();
            float[] target = new float[frame.pixels()];
            new Augmenter(Set.of(), false, AS_STORED)
                    .apply(example, frame, new SplittableRandom(n), new Augmenter.Buffers(target.clone(), target));
            boolean found = false;
            for (float value : target) {
                found |= value == 1;
            }
            with += found ? 1 : 0;
            assertEquals(4, frame.slices());
        }
        assertTrue(with > 120, with + " of 200");
    }

    @Test
    void augmentationMovesImageAndTargetAlike() throws IOException {
        Example example = reader(2, 2).read(pair).get(0).example();
        Frame frame = Frame.whole(example);
        float[] image = new float[frame.pixels()];
        float[] target = new float[frame.pixels()];
        boolean upsideDown = false;
        for (int seed = 0; seed < 8; seed++) {
            new Augmenter(Set.of(Augmenter.FLIP), false, AS_STORED)
                    .apply(example, frame, new SplittableRandom(seed), new Augmenter.Buffers(image, target));
            for (int z = 0; z < SLICES; z++) {
                int stored = Math.round(image[z * HEIGHT * WIDTH] * 255 / 10);
                float sum = target[z * HEIGHT * WIDTH] + target[(z + 1) * HEIGHT * WIDTH - 1];
                assertEquals(stored / 2 == 1 ? 1 : 0, sum, "slice " + stored);
            }
            upsideDown |= image[0] > 0;
        }
        assertTrue(upsideDown, "mirrored along z");
    }

    @Test
    void slicesBeyondTheEndsAreMirrored() {
        Slices slices = Slices.around(4, 0.5, 1, 3);
        assertArrayEquals(new int[] {1, 0, 1, 2}, slices.lower());
        assertArrayEquals(new float[] {0, 0, 0, 0}, slices.fraction());
        Slices between = Slices.around(2, 1, 0.5, 3);
        assertArrayEquals(new int[] {0, 1}, between.lower());
        assertArrayEquals(new int[] {1, 2}, between.upper());
        assertArrayEquals(new float[] {0.75f, 0.25f}, between.fraction());
        assertEquals(1, between.nearest(0));
    }
}
