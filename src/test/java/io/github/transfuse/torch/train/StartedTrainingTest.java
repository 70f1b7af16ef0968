package io.github.transfuse.torch.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.transfuse.model.ModelFolder;
import io.github.transfuse.network.Variant;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Trainings from a model: before the first epoch they are worth what the model is. */
class StartedTrainingTest {
    @TempDir
    private Path folder;

    private TinyTraining training(String name, int... maskValues) throws IOException {
        return new TinyTraining(folder.resolve(name))
                .pictures(4, 48, maskValues)
                .batch(2)
                .plain();
    }

    private static double dice(TinyTraining training) throws IOException {
        return ModelFolder.open(training.outputFolder())
                .spec()
                .history()
                .metrics()
                .get("dice")
                .getAsDouble();
    }

    private static String before(TinyTraining.Watched watched) {
        return watched.notes().stream()
                .filter(note -> note.startsWith("Before the first epoch"))
                .findFirst()
                .orElseThrow();
    }

    private static String shown(double dice) {
        return String.format(Locale.ROOT, "Dice %.4f", dice);
    }

    @Test
    void theScoreBeforeTheFirstEpochIsThatOfTheStart() throws IOException {
        TinyTraining start = training("a", 255).epochs(12).rate(1e-2);
        start.run();
        assertTrue(dice(start) > 0.4, "a start that is worth something: " + dice(start));
        String told = before(
                training("b", 255).startFrom(start.outputFolder()).epochs(1).run());
        assertTrue(told.contains(shown(dice(start))), told + " is not " + dice(start));
    }

    /** The same pictures; the masks number the two classes the other way round. */
    /** A network with a third decoder stage starts from one without and the other way round, and what cannot be kept is told. */
    @Test
    void theLastStepIsRandomWhereTheStartHasAnotherOne() throws IOException {
        Variant two = TinyTraining.VARIANT;
        Variant three = new Variant(two.name(), two.cnn(), two.transformer(), List.of(16, 8, 4), two.fused());
        TinyTraining coarse = training("a", 255).epochs(1);
        coarse.run();
        TinyTraining fine = training("b", 255)
                .variant(three)
                .startFrom(coarse.outputFolder())
                .epochs(1);
        assertTrue(fine.run().notes().stream().anyMatch(note -> note.contains("a step less")));
        TinyTraining again = training("c", 255).startFrom(fine.outputFolder()).epochs(1);
        assertTrue(again.run().notes().stream().anyMatch(note -> note.contains("a step more")));
    }

    @Test
    void classesInAnotherOrderAreFoundByTheirNames() throws IOException {
        TinyTraining start = training("a", 1, 2)
                .network(3, 3)
                .names("upper", "lower")
                .epochs(16)
                .rate(1e-2);
        start.run();
        assertTrue(dice(start) > 0.3, "a start that is worth something: " + dice(start));
        String turned = before(training("b", 2, 1)
                .network(3, 3)
                .names("lower", "upper")
                .startFrom(start.outputFolder())
                .epochs(1)
                .run());
        assertTrue(turned.contains(shown(dice(start))), turned + " is not " + dice(start));
        String others = before(training("c", 1, 2)
                .network(3, 3)
                .names("left", "right")
                .startFrom(start.outputFolder())
                .epochs(1)
                .run());
        assertFalse(others.contains(shown(dice(start))), others);
    }

    @Test
    void aStartThatNoEpochBettersStays() throws IOException {
        TinyTraining start = training("a", 255).epochs(12).rate(1e-2);
        start.run();
        TinyTraining spoiled =
                training("b", 255).startFrom(start.outputFolder()).epochs(2).rate(0.9);
        List<String> notes = spoiled.run().notes();
        assertTrue(notes.stream().anyMatch(note -> note.startsWith("No epoch was better than the start")), notes + "");
        assertEquals(dice(start), dice(spoiled), 1e-9);
        assertArrayEquals(
                ModelFolder.open(start.outputFolder())
                        .tensors()
                        .get("final_2.1.conv.weight")
                        .floats(),
                ModelFolder.open(spoiled.outputFolder())
                        .tensors()
                        .get("final_2.1.conv.weight")
                        .floats());
    }

    @Test
    void aTrainingStoppedInItsFirstEpochLeavesNothing() throws IOException {
        TinyTraining training = training("a", 255).epochs(2);
        training.run();
        // what lies there is of another training
        byte[] model = Files.readAllBytes(training.outputFolder().resolve("weights.safetensors"));
        Assertions.assertThrows(
                CancellationException.class, () -> training.rate(1e-2).runAndStopAtOnce());
        assertArrayEquals(model, Files.readAllBytes(training.outputFolder().resolve("weights.safetensors")));
    }

    @Test
    void checkpointsGoWhenTheTrainingHasEndedWell() throws IOException {
        List<String> scratch = List.of(RunFolder.CHECKPOINT, RunFolder.PREVIOUS, RunFolder.BEST);
        TinyTraining training = training("a", 255).epochs(3).keepCheckpoints(false);
        training.run(2);
        for (String name : scratch) {
            assertTrue(Files.exists(training.outputFolder().resolve(name)), name + " of a stopped training");
        }
        training.resume(true).run();
        for (String name : scratch) {
            assertFalse(Files.exists(training.outputFolder().resolve(name)), name);
        }
        ModelFolder.open(training.outputFolder());
        training.resume(false).keepCheckpoints(true).run();
        for (String name : scratch) {
            assertTrue(Files.exists(training.outputFolder().resolve(name)), name + " was to be kept");
        }
    }
}
