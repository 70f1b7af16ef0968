package io.github.transfuse.torch.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.transfuse.engine.EpochReport;
import io.github.transfuse.engine.EpochReport.Scores;
import io.github.transfuse.engine.ObjectScore;
import io.github.transfuse.metrics.ClassAgreement;
import io.github.transfuse.metrics.Confusion;
import io.github.transfuse.model.OutputSpec;
import io.github.transfuse.samples.TrueObjects;
import io.github.transfuse.samples.Truth;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.imglib2.img.array.ArrayImgs;
import org.junit.jupiter.api.Test;

class ObjectTallyTest {
    private static final int SIDE = 32;

    /** What is where. */
    @FunctionalInterface
    private interface Picture {
        int at(int x, int y);
    }

    /** Two objects of 12 x 20 side by side, with their boundaries. */
    private static final Picture TRUTH = (x, y) -> {
        if (x < 4 || x >= 28 || y < 6 || y >= 26) {
            return 0;
        }
        boolean border = x == 4 || x == 15 || x == 16 || x == 27 || y == 6 || y == 25;
        return border ? 2 : 1;
    };

    /** The outline is right to the pixel, but nothing is between the two. */
    private static final Picture MERGED =
            (x, y) -> TRUTH.at(x, y) == 2 && (x == 15 || x == 16) && y > 6 && y < 25 ? 1 : TRUTH.at(x, y);

    /** Apart, but two rows too short at either end. */
    private static final Picture SHORT =
            (x, y) -> y < 8 || y >= 24 ? 0 : y == 8 || y == 23 ? Math.min(2, 2 * TRUTH.at(x, y)) : TRUTH.at(x, y);

    private static final Picture NOTHING = (x, y) -> 0;

    private static byte[] bytes(Picture picture) {
        byte[] values = new byte[SIDE * SIDE];
        for (int i = 0; i < values.length; i++) {
            values[i] = (byte) picture.at(i % SIDE, i / SIDE);
        }
        return values;
    }

    private static float[] logits(Picture picture) {
        float[] logits = new float[3 * SIDE * SIDE];
        for (int i = 0; i < SIDE * SIDE; i++) {
            logits[picture.at(i % SIDE, i / SIDE) * SIDE * SIDE + i] = 8;
        }
        return logits;
    }

    private static Truth truth(Picture picture) {
        int[] numbers = new int[SIDE * SIDE];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = picture.at(i % SIDE, i / SIDE) == 0 ? 0 : i % SIDE < 16 ? 1 : 2;
        }
        return new Truth(
                "t", SIDE, SIDE, bytes(picture), Optional.of(new TrueObjects(ArrayImgs.ints(numbers, SIDE, SIDE), 1)));
    }

    private static OutputSpec output(int minSize) {
        return new OutputSpec(
                List.of(new OutputSpec.ClassSpec("cell", 0)), OutputSpec.Kind.BOUNDARY_INSTANCES, 0.5, minSize, false);
    }

    private static double f1(Picture predicted, int minSize) {
        ObjectTally tally = new ObjectTally(List.of(output(minSize)));
        tally.add(logits(predicted), truth(TRUTH));
        return tally.scores().get(0).orElseThrow().f1();
    }

    private static Scores scores(Picture predicted) {
        ObjectTally tally = new ObjectTally(List.of(output(0)));
        tally.add(logits(predicted), truth(TRUTH));
        ClassAgreement pixels = new ClassAgreement(3);
        pixels.add(
                "t",
                Confusion.of(
                        ArrayImgs.unsignedBytes(bytes(predicted), SIDE * SIDE),
                        ArrayImgs.unsignedBytes(bytes(TRUTH), SIDE * SIDE),
                        3,
                        255));
        return new Scores(
                1,
                pixels.dice(),
                pixels.iou(),
                pixels.correlation(),
                Optional.empty(),
                tally.scores().get(0));
    }

    private static EpochReport report(int epoch, Scores scores) {
        return new EpochReport(epoch, 3, scores, scores, new EpochReport.Timing(1, 1, 0, false, List.of()));
    }

    /** Epoch 2 has the better pixels and merges the objects: epoch 1 stays. */
    @Test
    void objectsChooseWherePixelsWouldChooseMergedOnes() {
        Scores apart = scores(SHORT);
        Scores merged = scores(MERGED);
        assertTrue(merged.dice() > apart.dice(), merged.dice() + " and " + apart.dice());
        assertTrue(merged.mcc() > apart.mcc(), merged.mcc() + " and " + apart.mcc());
        assertEquals(1, apart.objects().orElseThrow().f1());
        assertEquals(0, merged.objects().orElseThrow().f1());
        Selection chosen = Selection.none().after(report(1, apart), 1).after(report(2, merged), 1);
        assertEquals(1, chosen.epoch());
        assertEquals(ObjectScore.NAME, chosen.by());
        assertEquals(
                2,
                Selection.none()
                        .after(report(1, merged), 1)
                        .after(report(2, apart), 1)
                        .epoch());
    }

    @Test
    void whereNoObjectIsFoundPixelsChoose() {
        assertEquals(
                2,
                Selection.none()
                        .after(report(1, scores(NOTHING)), 1)
                        .after(report(2, scores(MERGED)), 1)
                        .after(report(3, scores(NOTHING)), 1)
                        .epoch());
        assertEquals("finds no objects yet", scores(MERGED).remark());
        assertEquals("", scores(SHORT).remark());
    }

    /** Finding nothing is right in two of three images: no model is chosen for that. */
    @Test
    void emptyImagesAreNoMerit() {
        ObjectTally tally = new ObjectTally(List.of(output(0)));
        tally.add(logits(NOTHING), truth(NOTHING));
        tally.add(logits(NOTHING), truth(NOTHING));
        tally.add(logits(NOTHING), truth(TRUTH));
        ObjectScore nothing = tally.scores().get(0).orElseThrow();
        assertEquals(2 / 3.0, nothing.f1(), 1e-12);
        assertEquals(2 / 3.0, nothing.nothing(), 1e-12);
        Scores blind = new Scores(1, 0.5, 0.5, 0.1, Optional.empty(), Optional.of(nothing));
        Scores seeing = new Scores(1, 0.5, 0.5, 0.1, Optional.empty(), Optional.of(new ObjectScore(0.67, 2 / 3.0)));
        assertTrue(seeing.deciding() > 0.6 && blind.deciding() < 0, blind.deciding() + "");
        assertEquals("finds no objects yet", blind.remark());
    }

    @Test
    void smallObjectsAreRemovedAsTheModelSays() {
        assertEquals(1, f1(TRUTH, 240));
        assertEquals(0, f1(TRUTH, 241));
    }

    /** Two slices of one stack: an object in both is one, however it is cut. */
    @Test
    void slicesOfAStackAreJudgedTogether() {
        int[] numbers = new int[2 * SIDE * SIDE];
        for (int i = 0; i < numbers.length; i++) {
            int at = i % (SIDE * SIDE);
            numbers[i] = TRUTH.at(at % SIDE, at / SIDE) == 0 ? 0 : at % SIDE < 16 ? 1 : 2;
        }
        TrueObjects shared = new TrueObjects(ArrayImgs.ints(numbers, SIDE, SIDE, 2), 1);
        Truth slice = new Truth("s", SIDE, SIDE, bytes(TRUTH), Optional.of(shared));
        ObjectTally tally = new ObjectTally(List.of(output(300)));
        tally.add(logits(TRUTH), slice);
        assertEquals(Optional.empty(), tally.scores().get(0), "not complete");
        tally.add(logits(TRUTH), slice);
        assertEquals(1, tally.scores().get(0).orElseThrow().f1(), "480 voxels each");
    }

    /** Doubtful outlines, and what is no object. */
    private static float[] doubtful(Picture picture, int seed) {
        float[] logits = logits(picture);
        Random random = new Random(seed);
        for (int i = 0; i < logits.length; i++) {
            logits[i] = 0.15f * logits[i] + (float) random.nextGaussian() * (i / SIDE % 4 == 0 ? 1.2f : 0.2f);
        }
        return logits;
    }

    private static List<ObjectScore> together(List<OutputSpec> outputs, List<Truth> truths) {
        ObjectTally tally = new ObjectTally(outputs);
        for (int i = 0; i < truths.size(); i++) {
            tally.add(doubtful(TRUTH, i), truths.get(i));
        }
        return tally.scores().stream().map(Optional::orElseThrow).toList();
    }

    /** Several outputs beside each other, in any order, have the scores that each has alone. */
    @Test
    void severalOutputsAreThoseOfEachAlone() {
        List<OutputSpec> outputs = new ArrayList<>();
        for (int minSize : List.of(30, 0, 4, 12)) {
            for (double threshold : List.of(0.7, 0.3, 0.5, 0.6)) {
                for (double depth : List.of(0.05, 0.0)) {
                    boolean fills = (minSize + threshold) % 2 < 1;
                    outputs.add(
                            new OutputSpec(output(0).classes(), output(0).kind(), threshold, minSize, fills, depth));
                }
            }
        }
        int[] numbers = new int[2 * SIDE * SIDE];
        for (int i = 0; i < numbers.length; i++) {
            int at = i % (SIDE * SIDE);
            numbers[i] = TRUTH.at(at % SIDE, at / SIDE) == 0 ? 0 : at % SIDE < 16 ? 1 : 2;
        }
        byte[] mask = bytes(TRUTH);
        Arrays.fill(mask, 11 * SIDE, 14 * SIDE, (byte) 255);
        Truth slice = new Truth(
                "s", SIDE, SIDE, mask, Optional.of(new TrueObjects(ArrayImgs.ints(numbers, SIDE, SIDE, 2), 0.5)));
        List<Truth> truths = List.of(truth(TRUTH), slice, slice, truth(TRUTH));
        List<ObjectScore> scores = together(outputs, truths);
        for (int i = 0; i < outputs.size(); i++) {
            assertEquals(together(List.of(outputs.get(i)), truths).get(0), scores.get(i), outputs.get(i) + "");
        }
        assertTrue(scores.stream().distinct().count() > 4, scores + "");
    }
}
