package io.github.transfuse.inference;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import net.imglib2.img.array.ArrayImg;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.img.basictypeaccess.array.ByteArray;
import net.imglib2.img.basictypeaccess.array.FloatArray;
import net.imglib2.type.numeric.integer.UnsignedByteType;
import net.imglib2.type.numeric.real.FloatType;
import org.junit.jupiter.api.Test;

/** Rows of logits become classes and probabilities at their places. */
class PlaneResultTest {
    @Test
    void ofSeveralClassesTheLargestWins() {
        ArrayImg<FloatType, FloatArray> logits = Places.random(4, 5, 4, 3, 3);
        ArrayImg<UnsignedByteType, ByteArray> classes = ArrayImgs.unsignedBytes(5, 4, 3);
        ArrayImg<FloatType, FloatArray> probabilities = ArrayImgs.floats(5, 4, 3, 3);
        PlaneResult result = new PlaneResult(0.5, classes, Optional.of(probabilities));
        for (int z = 2; z >= 0; z--) {
            for (int y = 0; y < 4; y++) {
                result.row(new long[] {0, y, z}, row(logits, y, z, 3));
            }
        }
        for (int z = 0; z < 3; z++) {
            for (int y = 0; y < 4; y++) {
                for (int x = 0; x < 5; x++) {
                    double sum = 0;
                    int best = 0;
                    for (int k = 0; k < 3; k++) {
                        sum += Math.exp(logits.getAt(x, y, z, k).get());
                        best = logits.getAt(x, y, z, k).get()
                                        > logits.getAt(x, y, z, best).get()
                                ? k
                                : best;
                    }
                    assertEquals(best, classes.getAt(x, y, z).get());
                    for (int k = 0; k < 3; k++) {
                        double p = Math.exp(logits.getAt(x, y, z, k).get()) / sum;
                        assertEquals(p, probabilities.getAt(x, y, z, k).get(), 1e-6);
                    }
                }
            }
        }
    }

    @Test
    void ofOneClassTheThresholdDecides() {
        for (double threshold : new double[] {0.2, 0.5, 0.9}) {
            ArrayImg<FloatType, FloatArray> logits = Places.random(6, 40, 2, 1, 1);
            ArrayImg<UnsignedByteType, ByteArray> classes = ArrayImgs.unsignedBytes(40, 2);
            ArrayImg<FloatType, FloatArray> probabilities = ArrayImgs.floats(40, 2, 1);
            for (boolean wanted : new boolean[] {false, true}) {
                PlaneResult result =
                        new PlaneResult(threshold, classes, wanted ? Optional.of(probabilities) : Optional.empty());
                result.row(new long[] {0, 0}, row(logits, 0, 0, 1));
                result.row(new long[] {0, 1}, row(logits, 1, 0, 1));
                for (int i = 0; i < 80; i++) {
                    double p = 1
                            / (1 + Math.exp(-logits.getAt(i % 40, i / 40, 0, 0).get()));
                    assertEquals(
                            p > threshold ? 1 : 0, classes.getAt(i % 40, i / 40).get(), threshold + " " + p);
                    assertEquals(
                            wanted ? p : 0,
                            probabilities.getAt(i % 40, i / 40, 0).get(),
                            1e-6);
                    classes.getAt(i % 40, i / 40).set(7);
                }
            }
        }
    }

    /** Class 200 does not become negative. */
    @Test
    void manyClasses() {
        ArrayImg<UnsignedByteType, ByteArray> classes = ArrayImgs.unsignedBytes(1, 1);
        float[][] logits = new float[256][1];
        logits[200][0] = 1;
        new PlaneResult(0.5, classes, Optional.<ArrayImg<FloatType, FloatArray>>empty()).row(new long[2], logits);
        assertEquals(200, classes.getAt(0, 0).get());
    }

    private static float[][] row(ArrayImg<FloatType, FloatArray> logits, int y, int z, int classes) {
        float[][] row = new float[classes][(int) logits.dimension(0)];
        for (int k = 0; k < classes; k++) {
            for (int x = 0; x < row[k].length; x++) {
                row[k][x] = logits.getAt(x, y, z, k).get();
            }
        }
        return row;
    }
}
