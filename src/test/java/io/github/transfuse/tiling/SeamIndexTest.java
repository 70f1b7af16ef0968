package io.github.transfuse.tiling;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.imglib2.Cursor;
import net.imglib2.img.Img;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.real.FloatType;
import org.junit.jupiter.api.Test;

class SeamIndexTest {
    private static final TilePlan PLAN = TilePlan.of(new long[] {40, 30}, new int[] {20, 15}, 0);

    @Test
    void slopesOfAnySteepnessHaveNoSeam() {
        assertEquals(1, SeamIndex.of(image((x, y) -> 0.02 * x + 0.001 * y), PLAN), 1e-4);
        assertEquals(1, SeamIndex.of(image((x, y) -> 0.5), PLAN));
    }

    @Test
    void aStepAtATileLineIsASeam() {
        // slope 0.01 everywhere, 0.03 across x = 20: 30 pairs of 0.03 and 40 of 0.01 against 0.01
        Img<FloatType> stepped = image((x, y) -> 0.01 * (x + y) + (x >= 20 ? 0.02 : 0));
        assertEquals((30 * 0.03 + 40 * 0.01) / (70 * 0.01), SeamIndex.of(stepped, PLAN), 1e-3);
        assertTrue(SeamIndex.of(image((x, y) -> x >= 7 ? 1 : 0), PLAN) == 0, "a step elsewhere is none");
        assertEquals(Double.POSITIVE_INFINITY, SeamIndex.of(image((x, y) -> x >= 20 ? 1 : 0), PLAN));
    }

    @Test
    void oneTileHasNothingToMeasure() {
        TilePlan one = TilePlan.of(new long[] {40, 30}, new int[] {64, 64}, 0.5);
        assertEquals(Double.NaN, SeamIndex.of(image((x, y) -> x), one));
    }

    @Test
    void linesAreWhereTilesBeginAndEnd() {
        TilePlan plan = TilePlan.of(new long[] {40, 30}, new int[] {16, 30}, 0.5); // x: 0 8 16 24
        for (int x = 1; x < 40; x++) {
            assertEquals(x % 8 == 0, SeamIndex.isTileLine(plan, 0, x), "x " + x);
        }
        assertEquals(false, SeamIndex.isTileLine(plan, 1, 15));
    }

    private interface Function {
        double at(long x, long y);
    }

    private static Img<FloatType> image(Function f) {
        Img<FloatType> image = ArrayImgs.floats(40, 30);
        Cursor<FloatType> cursor = image.localizingCursor();
        while (cursor.hasNext()) {
            cursor.next().setReal(f.at(cursor.getLongPosition(0), cursor.getLongPosition(1)));
        }
        return image;
    }
}
