package io.github.transfuse.torch.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.transfuse.engine.EpochReport;
import io.github.transfuse.engine.EpochReport.Scores;
import io.github.transfuse.engine.TrainingPlan;
import io.github.transfuse.model.ModelFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EarlyEndTest {
    @TempDir
    private Path folder;

    private static TrainingPlan.Schedule schedule(int epochs, int patience, boolean cosine) {
        return new TrainingPlan.Schedule(epochs, 4, new TrainingPlan.Rate(1, 0.5, 10, cosine, 0.9), patience, 1);
    }

    private static EpochReport report(int epoch, double score) {
        Scores scores = new Scores(1, score, score);
        return new EpochReport(epoch, 99, scores, scores, new EpochReport.Timing(1, 1, 0, false, List.of()));
    }

    /** Plays a training with these scores; the end that it comes to. */
    private static Optional<EarlyEnd> played(TrainingPlan.Schedule schedule, double... scores) {
        Selection best = Selection.none();
        for (int epoch = 1; epoch <= scores.length; epoch++) {
            best = best.after(report(epoch, scores[epoch - 1]), 1);
            Optional<EarlyEnd> end = EarlyEnd.now(new Checkpoint(epoch, best, Optional.empty(), ""), schedule);
            if (end.isPresent()) {
                return end;
            }
        }
        return Optional.empty();
    }

    @Test
    void endsWhereTheScoreRisesNoLonger() {
        double[] scores = {0.5, 0.6, 0.6, 0.5, 0.6, 0.7};
        assertEquals(Optional.of(new EarlyEnd(5, 7, 20)), played(schedule(20, 3, true), scores));
        assertEquals(Optional.empty(), played(schedule(20, 4, true), scores));
        assertEquals(Optional.empty(), played(schedule(20, 0, true), scores), "never");
        assertEquals(
                Optional.of(new EarlyEnd(5, 5, 20)),
                played(schedule(20, 3, false), scores),
                "a constant rate does not fall");
        assertEquals(Optional.empty(), played(schedule(6, 3, true), scores), "the planned end is as near");
    }

    /** A little more in every epoch is a rise as soon as it adds up. */
    @Test
    void crumbsAreCountedTogether() {
        assertEquals(
                Optional.empty(), played(schedule(50, 3, true), 0.5, 0.5004, 0.5008, 0.5012, 0.5016, 0.502, 0.5024));
        assertEquals(
                Optional.of(new EarlyEnd(4, 9, 50)),
                played(schedule(50, 3, true), 0.5, 0.5003, 0.5006, 0.5009, 0.5012));
        assertEquals(Optional.empty(), played(schedule(50, 3, true), 0.5, 0.5, 0.5, 0.501, 0.501, 0.501));
    }

    @Test
    void theBestEpochIsTheBestHoweverLittleItGains() {
        Selection best = Selection.none().after(report(1, 0.5), 1).after(report(2, 0.5001), 1);
        assertEquals(2, best.epoch());
        assertEquals(0.5001, best.score());
        assertEquals(1, best.risenIn());
        assertEquals(0.5, best.risenTo());
    }

    @Test
    void theRateFallsToItsEnd() {
        LearningRate rate = new LearningRate(schedule(1, 1, true).rate(), 1000);
        double before = rate.at(300)[1];
        assertTrue(before > 0.5, before + "");
        rate.end(300, 400);
        assertEquals(before, rate.at(300)[1]);
        assertTrue(rate.at(299)[1] > before);
        assertEquals((before + 0.01) / 2, rate.at(350)[1], 1e-12);
        assertEquals(0.01, rate.at(400)[1], 1e-12);
        assertEquals(0.005, rate.at(500)[0], 1e-12);
    }

    @Test
    void aCheckpointKeepsIt() {
        Map<String, String> metadata = new HashMap<>();
        assertEquals(Optional.empty(), EarlyEnd.of(metadata));
        EarlyEnd early = new EarlyEnd(5, 7, 20);
        early.addTo(metadata);
        assertEquals(Optional.of(early), EarlyEnd.of(metadata));
        assertTrue(early.holds(schedule(20, 9, true)));
        assertFalse(early.holds(schedule(20, 0, true)), "no early end is asked for");
        assertFalse(early.holds(schedule(30, 9, true)), "more epochs are asked for");
        assertEquals(
                "No rise of MCC by 0.001 in 3 epochs: the training ends early, in epoch 7 of 20, and until then the learning"
                        + " rate falls to its end; patience=0 trains all of them.",
                early.sentence("MCC", 3));
        assertFalse(new EarlyEnd(5, 5, 20).sentence("MCC", 3).contains("falls"));
    }

    private static long told(TinyTraining.Watched watched) {
        return watched.notes().stream()
                .filter(note ->
                        note.startsWith("No rise of MCC by 0.001 in 2 epochs: the training ends early, in epoch 6"))
                .count();
    }

    /** At this rate nothing changes: the first epoch is the only rise. */
    @Test
    void aTrainingEndsEarlyAndIsGoneOnWith() throws IOException {
        TinyTraining training = new TinyTraining(folder)
                .pictures(3)
                .epochs(30)
                .rate(1e-12)
                .plain()
                .patience(2);
        TinyTraining.Watched watched = training.run();
        assertEquals(6, watched.epochs().size(), "1 rise, 2 without, 3 in which the rate falls");
        assertEquals(6, watched.epochs().get(5).epochs());
        assertEquals(30, watched.epochs().get(2).epochs());
        assertEquals(1, told(watched), watched.notes() + "");
        assertTrue(ModelFolder.open(training.outputFolder())
                .spec()
                .history()
                .training()
                .get("ended_early")
                .getAsString()
                .startsWith("No rise of MCC"));
        TinyTraining.Watched again = training.resume(true).run();
        assertEquals(0, again.epochs().size());
        assertEquals(1, told(again));
        assertEquals(2, training.patience(0).epochs(8).run().epochs().size(), "patience=0 goes on");
    }

    /** Stopped before the end was decided, when it was, and while the rate falls. */
    @Test
    void resumedItEndsInTheSameBits() throws IOException {
        TinyTraining training =
                new TinyTraining(folder).pictures(4).epochs(20).rate(3e-2).patience(1);
        int epochs = training.output("whole").run().epochs().size();
        assertTrue(epochs < 20 && epochs > 3, epochs + "");
        byte[] whole = Files.readAllBytes(training.outputFolder().resolve(RunFolder.CHECKPOINT));
        for (int stop : new int[] {epochs - 3, epochs - 2, epochs - 1}) {
            training.resume(false).output("stopped" + stop).run(stop);
            TinyTraining.Watched rest = training.resume(true).run();
            assertEquals(epochs - stop, rest.epochs().size());
            assertArrayEquals(whole, Files.readAllBytes(training.outputFolder().resolve(RunFolder.CHECKPOINT)));
        }
    }
}
