package io.github.transfuse.torch.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.transfuse.engine.EpochReport;
import io.github.transfuse.engine.TrainingPlan;
import io.github.transfuse.files.EveryFault;
import io.github.transfuse.files.OneWriter;
import io.github.transfuse.torch.nn.TransFuseNetwork;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunFolderTest {

    @TempDir
    private Path folder;

    @Test
    void refusesADamagedCheckpointAndNamesTheOneBefore() throws IOException {
        TinyTraining training = new TinyTraining(folder).pictures(3).epochs(3);
        training.run(2);
        Path last = training.outputFolder().resolve(RunFolder.CHECKPOINT);
        byte[] whole = Files.readAllBytes(last);
        Files.write(last, Arrays.copyOf(whole, whole.length / 2));

        IOException thrown = assertThrows(IOException.class, training.resume(true)::run);
        assertTrue(thrown.getMessage().contains(last.toString()), thrown.getMessage());
        assertTrue(thrown.getMessage().contains("Delete it to go on from checkpoint-previous"), thrown.getMessage());

        Files.delete(last);
        assertEquals(2, training.run().epochs().size());
    }

    @Test
    void saysThatThereIsNothingToResume() throws IOException {
        TinyTraining training = new TinyTraining(folder).pictures(3).resume(true);
        IOException thrown = assertThrows(IOException.class, training::run);
        assertTrue(thrown.getMessage().contains("no checkpoint.safetensors to resume"), thrown.getMessage());
    }

    @Test
    void refusesTheCheckpointOfAnotherNetwork() throws IOException {
        TinyTraining training = new TinyTraining(folder).pictures(3).epochs(1);
        training.run();
        IOException thrown =
                assertThrows(IOException.class, training.averaging(0.9).resume(true)::run);
        assertTrue(thrown.getMessage().contains("average.0"), thrown.getMessage());
    }

    /** Weights, checkpoints and history are those of one epoch, whatever fails. */
    @Tag("faults")
    @Test
    void onADiskThatFailsAtAnyStepTheEarlierEpochStays() throws Exception {
        TinyTraining training = new TinyTraining(folder).pictures(3).epochs(3);
        Path output = Files.createDirectories(training.outputFolder());
        TrainingPlan fresh = training.plan();
        TrainingPlan resumed = training.resume(true).plan();
        try (TransFuseNetwork network = new TransFuseNetwork(fresh.spec().network(), 0);
                Optimizer optimizer = new Optimizer(
                        network, 0.9, new LearningRate(fresh.schedule().rate(), 4), 0)) {
            try (RunFolder first = new RunFolder(fresh, network, optimizer, "random")) {
                write(first, report(1, 0.5));
                write(first, report(2, 0.4));
            }
            Map<String, String> before = EveryFault.contents(output);
            assertEquals(
                    Set.of(RunFolder.BEST, RunFolder.CHECKPOINT, RunFolder.PREVIOUS, RunFolder.HISTORY),
                    before.keySet());
            EveryFault.of(output, to -> {
                try (RunFolder again = new RunFolder(at(to, resumed), network, optimizer, "random")) {
                    assertEquals(2, again.state().epoch());
                    write(again, report(3, 0.9));
                }
                assertEquals(
                        before.get(RunFolder.CHECKPOINT),
                        EveryFault.contents(output).get(RunFolder.PREVIOUS));
            });
        }
    }

    /** By Dice the first would be best, which knows nothing; a correlation below zero is better than none at all. */
    @Test
    void theCorrelationChoosesTheBestEpoch() throws Exception {
        TinyTraining training = new TinyTraining(folder).pictures(3).epochs(3);
        TrainingPlan plan = training.plan();
        try (TransFuseNetwork network = new TransFuseNetwork(plan.spec().network(), 0);
                Optimizer optimizer = new Optimizer(
                        network, 0.9, new LearningRate(plan.schedule().rate(), 4), 0);
                RunFolder run = new RunFolder(plan, network, optimizer, "random")) {
            write(run, judged(1, 0.89, -0.5));
            assertEquals(1, run.state().best().epoch());
            write(run, judged(2, 0.88, 0.4));
            write(run, judged(3, 0.9, 0.3));
            assertEquals(2, run.state().best().epoch());
            assertEquals(0.4, run.state().best().score());
        }
    }

    private static EpochReport judged(int epoch, double dice, double mcc) {
        EpochReport plain = report(epoch, dice);
        EpochReport.Scores scores = new EpochReport.Scores(1, dice, dice, mcc, Optional.empty(), Optional.empty());
        return new EpochReport(epoch, 3, scores, scores, plain.timing());
    }

    @Test
    void aSecondTrainingIntoTheFolderIsRefusedAndChangesNothing() throws Exception {
        TinyTraining training = new TinyTraining(folder).pictures(3).epochs(1);
        training.run();
        Map<String, String> before = EveryFault.contents(training.outputFolder());
        try (OneWriter other = OneWriter.of(training.outputFolder()).orElseThrow()) {
            IOException thrown = assertThrows(IOException.class, training::run);
            assertTrue(thrown.getMessage().contains("Another training writes into"), thrown.getMessage());
        }
        assertEquals(before, EveryFault.contents(training.outputFolder()));
    }

    private static TrainingPlan at(Path output, TrainingPlan plan) {
        TrainingPlan.Execution execution = plan.execution();
        return new TrainingPlan(
                plan.spec(),
                plan.data(),
                plan.schedule(),
                plan.start(),
                new TrainingPlan.Execution(
                        execution.options(),
                        execution.augmentations(),
                        execution.dropout(),
                        execution.averaging(),
                        new TrainingPlan.Output(output, true, List.of())));
    }

    private static void write(RunFolder run, EpochReport report) throws IOException {
        try (RunFolder.Epoch files = run.begin()) {
            if (run.state().best().isBeatenBy(report.validation(), 1)) {
                files.keepBest();
            }
            files.publish(report, 1);
        }
    }

    private static EpochReport report(int epoch, double dice) {
        EpochReport.Scores scores = new EpochReport.Scores(1, dice, dice);
        return new EpochReport(epoch, 3, scores, scores, new EpochReport.Timing(1, 1, 0, true, List.of()));
    }

    @Test
    void fullDiskLeavesTheCheckpointsBefore() throws IOException, InterruptedException {
        TinyTraining training = new TinyTraining(folder).pictures(3).epochs(3).output("small");
        Files.createDirectories(training.outputFolder());
        Assumptions.assumeTrue(succeeds("mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", mounted(training)));
        try {
            training.run(1);
            Path last = training.outputFolder().resolve(RunFolder.CHECKPOINT);
            byte[] before = Files.readAllBytes(last);
            fill(training.outputFolder().resolve("other"));

            IOException thrown = assertThrows(IOException.class, training.resume(true)::run);
            assertTrue(
                    String.valueOf(thrown.getMessage()).contains("Earlier checkpoints are intact"), thrown.toString());
            assertArrayEquals(before, Files.readAllBytes(last));

            Files.delete(training.outputFolder().resolve("other"));
            assertEquals(2, training.run().epochs().size());
        } finally {
            // Lazily: files read before may still be mapped into memory
            assertTrue(succeeds("umount", "-l", mounted(training)));
        }
    }

    private static String mounted(TinyTraining training) {
        return training.outputFolder().toString();
    }

    private static void fill(Path file) throws IOException {
        try (var out = Files.newOutputStream(file)) {
            byte[] block = new byte[4096];
            while (true) {
                out.write(block);
            }
        } catch (IOException e) {
            assertTrue(String.valueOf(e.getMessage()).contains("space"), e.toString());
        }
    }

    private static boolean succeeds(String... command) throws InterruptedException {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException e) {
            return false;
        }
    }
}
