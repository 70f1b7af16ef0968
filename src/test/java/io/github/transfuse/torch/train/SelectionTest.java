package io.github.transfuse.torch.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.transfuse.engine.EpochReport;
import io.github.transfuse.engine.EpochReport.Scores;
import io.github.transfuse.engine.ObjectScore;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SelectionTest {
    private static Scores pixels(double mcc) {
        return new Scores(1, 0.5, 0.4, mcc, Optional.empty(), Optional.empty());
    }

    private static Scores objects(double mcc, double f1) {
        return new Scores(1, 0.5, 0.4, mcc, Optional.empty(), Optional.of(new ObjectScore(f1, 0)));
    }

    private static EpochReport report(int epoch, Scores scores) {
        return new EpochReport(epoch, 99, scores, scores, new EpochReport.Timing(1, 1, 0, false, List.of()));
    }

    private static Selection played(double memory, Scores... scores) {
        Selection best = Selection.none();
        for (int epoch = 1; epoch <= scores.length; epoch++) {
            boolean beaten = best.isBeatenBy(scores[epoch - 1], memory);
            best = best.after(report(epoch, scores[epoch - 1]), memory);
            assertEquals(beaten, best.epoch() == epoch);
        }
        return best;
    }

    @Test
    void thirtyImagesJudgeAloneAndFewerTogetherWithTheEpochsBefore() {
        assertEquals(1, Selection.memory(30, 600));
        assertEquals(1, Selection.memory(500, 600));
        assertEquals(3, Selection.memory(10, 600));
        assertEquals(10, Selection.memory(3, 600));
        assertEquals(4, Selection.memory(3, 24), "a sixth of the epochs");
        assertEquals(1, Selection.memory(1, 5));
    }

    @Test
    void oneLuckyEpochIsNotTheBest() {
        Scores[] scores = {pixels(0.3), pixels(0.5), pixels(0.9), pixels(0.5), pixels(0.6), pixels(0.62), pixels(0.62)};
        assertEquals(3, played(1, scores).epoch());
        assertEquals(0.9, played(1, scores).score());
        Selection averaged = played(4, scores);
        assertEquals(7, averaged.epoch());
        double level = 0.3;
        for (double score : new double[] {0.5, 0.9, 0.5, 0.6, 0.62, 0.62}) {
            level = 0.75 * level + 0.25 * score;
        }
        assertEquals(level, averaged.score(), 1e-12);
        assertEquals(level, averaged.level(), 1e-12);
    }

    @Test
    void theStartIsAveragedWithWhatFollows() {
        Selection start = Selection.of(pixels(0.6), 0);
        assertFalse(start.isBeatenBy(pixels(0.6), 5));
        assertTrue(start.isBeatenBy(pixels(0.61), 5));
        assertEquals(
                0,
                start.after(report(1, pixels(0.1)), 5)
                        .after(report(2, pixels(0.62)), 5)
                        .epoch());
    }

    @Test
    void objectsThatAreFoundAtLastAreNotAveragedWithPixels() {
        Selection found = played(10, objects(0.4, 0), objects(0.5, 0), objects(0.3, 0.2));
        assertEquals(3, found.epoch());
        assertEquals(0.2, found.score());
        assertEquals(0.2, found.level());
    }

    /** Truth rises to 0.7 and stays, each epoch is judged with much noise: what is chosen lies on the level, not before it. */
    @Test
    void underNoiseTheChosenEpochIsALateOne() {
        int late = 0;
        for (int seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            Scores[] scores = new Scores[60];
            for (int i = 0; i < scores.length; i++) {
                scores[i] = pixels(Math.min(0.7, 0.1 + 0.6 * i / 40) + 0.08 * random.nextGaussian());
            }
            late += played(Selection.memory(3, 60), scores).epoch() > 40 ? 1 : 0;
        }
        assertTrue(late > 190, late + " of 200");
    }
}
