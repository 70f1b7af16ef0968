package io.github.transfuse.inference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.transfuse.image.FittedNormalization;
import io.github.transfuse.model.InputSpec;
import io.github.transfuse.model.InputSpec.Mode;
import io.github.transfuse.model.InputSpec.Rule;
import io.github.transfuse.progress.Progress;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.imglib2.img.array.ArrayImg;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.img.basictypeaccess.array.FloatArray;
import net.imglib2.type.numeric.real.FloatType;
import org.junit.jupiter.api.Test;

/** A voxel gets the mean of what the network says of the three planes through it. */
class TriplanarTest {
    private static final int SIDE = 16;

    private final InputSpec input = Specs.input(Rule.TILE, List.of(SIDE, SIDE), Mode.TRIPLANAR, 1.0, 1.0);

    /** Adds to each value its column, and five times its row, so that the planes through a voxel say different things. */
    private static FloatBuffer place(FloatBuffer tiles, int[] shape) {
        FloatBuffer logits = FloatBuffer.allocate(tiles.remaining());
        for (int i = 0; i < logits.capacity(); i++) {
            int column = i % shape[3];
            int row = i / shape[3] % shape[2];
            logits.put(i, tiles.get(tiles.position() + i) + 0.1f * column - 0.05f * row);
        }
        return logits;
    }

    private static double sigmoid(double logit) {
        return 1 / (1 + Math.exp(-logit));
    }

    @Test
    void isTheMeanOfThreeProbabilities() throws IOException {
        ArrayImg<FloatType, FloatArray> volume = Places.random(3, SIDE, SIDE, SIDE, 1);
        ArrayImg<FloatType, FloatArray> found = ArrayImgs.floats(SIDE, SIDE, SIDE, 1);
        List<Double> told = new ArrayList<>();
        Inference inference = new Inference(
                Specs.of(input, 1),
                TileGrid.of(input),
                TriplanarTest::place,
                new Inference.Work(AreaOfInterest.ALL, 1, plan -> 4));
        Progress progress = new Progress() {
            @Override
            public void report(long done, long total, String step) {
                told.add(Math.round(1000.0 * done / total) / 1000.0);
            }

            @Override
            public boolean isCanceled() {
                return false;
            }
        };
        new Triplanar(inference)
                .mean(new Inference.Plane(volume, FittedNormalization.none(1), Optional.empty()), found, 1, progress);
        ArrayImg<FloatType, FloatArray> expected = Places.of(
                at -> {
                    double value = volume.getAt(at).get();
                    double acrossZ = sigmoid(value + 0.1 * at[0] - 0.05 * at[1]);
                    double acrossY = sigmoid(value + 0.1 * at[0] - 0.05 * at[2]);
                    double acrossX = sigmoid(value + 0.1 * at[1] - 0.05 * at[2]);
                    return (acrossZ + acrossY + acrossX) / 3;
                },
                SIDE,
                SIDE,
                SIDE,
                1);
        LogitImageTest.assertSame(expected, found, "volume");
        assertEquals(3 * SIDE, inference.counts().tiles());
        assertEquals(1, told.get(told.size() - 1));
        assertEquals(told.stream().sorted().toList(), told);
        assertTrue(told.containsAll(List.of(0.0, 0.333, 0.667)), told::toString);
    }

    /** Each orientation has the pixel sizes of its own two axes. */
    @Test
    void planesAreScaledAlongTheirOwnAxes() throws IOException {
        List<String> sizes = new ArrayList<>();
        ArrayImg<FloatType, FloatArray> volume = Places.random(3, 8, 8, 8, 1);
        for (double[] pixel : new double[][] {{2, 1, 1}, {1, 2, 1}, {1, 1, 2}}) {
            Inference inference = new Inference(
                    Specs.of(input, 1),
                    TileGrid.of(input),
                    (tiles, shape) -> tiles,
                    new Inference.Work((left, top, right, bottom) -> true, 1, plan -> {
                        sizes.add(plan.size(0) + "x" + plan.size(1));
                        return 1;
                    }));
            new Triplanar(inference)
                    .mean(
                            new Inference.Plane(volume, FittedNormalization.none(1), Optional.of(pixel)),
                            ArrayImgs.floats(8, 8, 8, 1),
                            1,
                            Progress.NONE);
            List<String> expected = new ArrayList<>();
            for (int[] axes : new int[][] {{0, 1}, {0, 2}, {1, 2}}) {
                String size = (int) (8 * pixel[axes[0]]) + "x" + (int) (8 * pixel[axes[1]]);
                expected.add(size);
            }
            assertEquals(runs(expected), runs(sizes));
            sizes.clear();
        }
    }

    /** Without repetitions of the same size in a row. */
    private static List<String> runs(List<String> sizes) {
        List<String> found = new ArrayList<>();
        for (String size : sizes) {
            if (found.isEmpty() || !found.get(found.size() - 1).equals(size)) {
                found.add(size);
            }
        }
        return found;
    }
}
