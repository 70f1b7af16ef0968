package io.github.transfuse.torch.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonObject;
import io.github.transfuse.engine.ConstantAnswer;
import io.github.transfuse.engine.Device;
import io.github.transfuse.engine.EpochReport;
import io.github.transfuse.engine.NetworkInfo;
import io.github.transfuse.engine.Precision;
import io.github.transfuse.engine.TrainingListener;
import io.github.transfuse.model.ActivationRanges;
import io.github.transfuse.model.InputSpec;
import io.github.transfuse.model.ModelFolder;
import io.github.transfuse.model.ModelHistory;
import io.github.transfuse.model.PrecisionRecord;
import io.github.transfuse.torch.infer.FormatSpeed;
import io.github.transfuse.weights.DType;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CancellationException;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingRunTest {

    @TempDir
    private Path folder;

    @Test
    void learnsTwoImagesByHeartAndWritesAModel() throws IOException {
        TinyTraining training = new TinyTraining(folder)
                .pictures(3)
                .batch(2)
                .epochs(40)
                .rate(1e-2)
                .plain();
        TinyTraining.Watched watched = training.run();

        double first = watched.epochs().get(0).training().loss();
        double last = watched.epochs().get(39).training().loss();
        assertTrue(last < 0.5 * first, first + " -> " + last);
        assertTrue(watched.epochs().get(39).training().dice() > 0.9);
        ModelFolder model = ModelFolder.open(training.outputFolder());
        assertEquals(DType.F16, model.tensors().get("resnet.conv1.weight").dtype());
        double best = watched.epochs().stream()
                .mapToDouble(e -> e.validation().dice())
                .max()
                .orElseThrow();
        assertEquals(best, model.spec().history().metrics().get("dice").getAsDouble(), 0.01);
        assertEquals(1, model.spec().history().training().get("seed").getAsInt());
        List<String> data = Files.readAllLines(training.outputFolder().resolve("data.csv"));
        assertEquals(4, data.size());
        assertTrue(data.get(1).matches("p\\d,training,p\\d\\.png,[0-9a-f]{64},p\\d\\.png,[0-9a-f]{64}"), data.get(1));
        assertEquals(
                41,
                Files.readAllLines(training.outputFolder().resolve("history.csv"))
                        .size());
    }

    @Test
    void learnsInTilesAndValidatesWholeImages() throws IOException {
        TinyTraining training = new TinyTraining(folder)
                .pictures(3, 80, 255)
                .rule(InputSpec.Rule.TILE)
                .epochs(12);
        TinyTraining.Watched watched = training.run();

        assertEquals(80, watched.epochs().get(0).timing().previews().get(0).width());
        double dice = watched.epochs().get(11).validation().dice();
        assertTrue(dice > 0.7, "Dice " + dice);
    }

    @Test
    void learnsSeveralClassesWithPadding() throws IOException {
        TinyTraining training = new TinyTraining(folder)
                .pictures(3, 64, 100, 200)
                .network(3, 3)
                .rule(InputSpec.Rule.RESIZE_PADDED)
                .rate(1e-2)
                .plain()
                .epochs(12);
        TinyTraining.Watched watched = training.run();

        assertTrue(watched.notes().stream().anyMatch(n -> n.contains("0, 100, 200")), watched.notes() + "");
        assertEquals(
                List.of(0, 100, 200),
                ModelFolder.open(training.outputFolder())
                        .spec()
                        .history()
                        .maskValues()
                        .orElseThrow()
                        .values());
        double first = watched.epochs().get(0).training().loss();
        double last = watched.epochs().get(11).training().loss();
        assertTrue(last < 0.8 * first, first + " -> " + last);
    }

    @Test
    void sameSeedGivesTheSameBits() throws IOException {
        TinyTraining training = new TinyTraining(folder).pictures(4).epochs(2);
        training.output("one").run();
        byte[] one = Files.readAllBytes(training.outputFolder().resolve(RunFolder.CHECKPOINT));
        training.output("two").run();
        byte[] two = Files.readAllBytes(training.outputFolder().resolve(RunFolder.CHECKPOINT));
        training.output("three").seed(2).run();
        byte[] three = Files.readAllBytes(training.outputFolder().resolve(RunFolder.CHECKPOINT));

        assertArrayEquals(one, two);
        assertTrue(!Arrays.equals(one, three));
    }

    @Test
    void resumedTrainingEndsInTheSameBits() throws IOException {
        TinyTraining training = new TinyTraining(folder).pictures(4).epochs(4).averaging(0.9);
        training.output("whole").run();
        byte[] whole = Files.readAllBytes(training.outputFolder().resolve(RunFolder.CHECKPOINT));
        training.output("parts").run(2);
        TinyTraining.Watched rest = training.resume(true).run();

        assertEquals(2, rest.epochs().size());
        assertArrayEquals(whole, Files.readAllBytes(training.outputFolder().resolve(RunFolder.CHECKPOINT)));
        assertEquals(
                5,
                Files.readAllLines(training.outputFolder().resolve("history.csv"))
                        .size());
    }

    /** At the end; who stopped a training does not wait for it. */
    @Test
    void resultsInBf16AreComparedWithThoseInFloat32() throws IOException {
        TinyTraining training = new TinyTraining(folder).pictures(4).epochs(2).precision(Precision.BF16);
        training.run(1);
        assertEquals(Optional.empty(), record(training));
        training.resume(true).run();
        PrecisionRecord record = record(training).orElseThrow();
        assertTrue(record.dice() > 0.5 && record.dice() <= 1, record.told());
        ModelHistory history = ModelFolder.open(training.outputFolder()).spec().history();
        assertEquals(history.metrics().get("n").getAsInt(), record.images());
        PrecisionRecord.Score score = record.score().orElseThrow();
        assertEquals("MCC", score.name());
        assertEquals(history.metrics().get("mcc").getAsDouble(), score.exact(), 1e-12);
        assertEquals(score.exact(), score.rounded(), 0.1);
    }

    /** So do those in int8, with a calibration on the validation images, whatever the training computed in. */
    @Test
    void resultsInInt8AreComparedWithThoseInFloat32() throws IOException {
        assumeTrue(FormatSpeed.int8().faster(), FormatSpeed.int8().finding());
        TinyTraining training = new TinyTraining(folder).pictures(4).epochs(1);
        training.run();
        assertEquals(Optional.empty(), record(training), "trained in float32");
        ModelFolder model = ModelFolder.open(training.outputFolder());
        PrecisionRecord record = PrecisionRecord.of(
                        PrecisionRecord.INT8, model.spec().history().checks())
                .orElseThrow();
        assertTrue(record.dice() > 0.5 && record.dice() <= 1, record.told());
        assertEquals(model.spec().history().metrics().get("n").getAsInt(), record.images());
        PrecisionRecord.Score score = record.score().orElseThrow();
        assertEquals(model.spec().history().metrics().get("mcc").getAsDouble(), score.exact(), 1e-12);
        assertEquals(score.exact(), score.rounded(), 0.1);
        assertTrue(
                ActivationRanges.of(model.spec().history().checks()).orElseThrow().ranges().stream()
                        .anyMatch(range -> range.least() < 0 && range.most() > 0),
                "something was seen");
    }

    private static Optional<PrecisionRecord> record(TinyTraining training) throws IOException {
        return PrecisionRecord.of(
                PrecisionRecord.BF16,
                ModelFolder.open(training.outputFolder()).spec().history().checks());
    }

    @Test
    void resumingAFinishedTrainingOnlyWritesTheModel() throws IOException {
        TinyTraining training = new TinyTraining(folder).pictures(3).epochs(1);
        training.run();
        Files.delete(training.outputFolder().resolve(ModelFolder.SPEC));

        assertEquals(List.of(), training.resume(true).run().epochs());
        ModelFolder.open(training.outputFolder());
    }

    @Test
    void whatAStoppedTrainingLeavesOutIsTold() throws IOException {
        TinyTraining training = new TinyTraining(folder).pictures(3).epochs(2);
        String told = "The training was stopped, so its model keeps the planned threshold";
        List<String> stopped = training.run(1).notes();
        assertTrue(stopped.stream().anyMatch(note -> note.startsWith(told)), stopped::toString);
        List<String> ended = training.resume(true).run().notes();
        assertTrue(ended.stream().noneMatch(note -> note.startsWith(told)), ended::toString);
    }

    @Test
    void stoppedBeforeTheFirstEpochThereIsNoModel() throws IOException {
        TinyTraining training = new TinyTraining(folder).pictures(3);
        try (var run = Trainings.prepare(training.plan(), new NetworkInfo(Device.CPU, Precision.FLOAT32, List.of()))) {
            assertThrows(
                    CancellationException.class,
                    () -> run.run(new TrainingListener() {
                        @Override
                        public Request request() {
                            return Request.STOP;
                        }
                    }));
        }
        assertTrue(!Files.exists(training.outputFolder().resolve(ModelFolder.SPEC)));
    }

    /** As of membranes: nearly everything is foreground, so that a network that has learned nothing has a high Dice. */
    @Test
    void saysWhenAConstantAnswerIsAsGood() throws IOException {
        TinyTraining training =
                new TinyTraining(folder).pictures(6).epochs(2).rate(1e-12).plain();
        Random random = new Random(4);
        for (int i = 0; i < 6; i++) {
            BufferedImage mask = new BufferedImage(48, 48, BufferedImage.TYPE_BYTE_GRAY);
            for (int at = 0; at < 48 * 48; at++) {
                mask.getRaster().setSample(at % 48, at / 48, 0, random.nextInt(5) == 0 ? 0 : 255);
            }
            ImageIO.write(mask, "png", folder.resolve("masks/p" + i + ".png").toFile());
        }
        TinyTraining.Watched watched = training.run();

        ModelFolder model = ModelFolder.open(training.outputFolder());
        JsonObject metrics = model.spec().history().metrics();
        assertEquals("everything class1", metrics.get("constant_answer").getAsString());
        assertEquals(
                everythingForeground(training), metrics.get("constant_dice").getAsDouble(), 1e-6);
        assertEquals(ConstantAnswer.NOTHING_LEARNED, metrics.get("remark").getAsString());
        for (EpochReport report : watched.epochs()) {
            String line = report.toLine();
            assertTrue(line.contains("(everything class1: 0.8"), line);
            assertTrue(line.endsWith(ConstantAnswer.NOTHING_LEARNED), line);
        }
        assertTrue(
                watched.notes().stream()
                        .anyMatch(n -> n.startsWith("Best epoch") && n.contains(ConstantAnswer.NOTHING_LEARNED)),
                watched.notes() + "");
        assertTrue(Files.readString(training.outputFolder().resolve(ModelFolder.CARD))
                .contains("- remark: " + ConstantAnswer.NOTHING_LEARNED));
    }

    /** Counted in the masks of the images that the model says were held back. */
    private double everythingForeground(TinyTraining training) throws IOException {
        List<Path> masks = Files.readAllLines(training.outputFolder().resolve("data.csv")).stream()
                .map(line -> line.split(","))
                .filter(cells -> cells[1].equals("validation"))
                .map(cells -> folder.resolve("masks").resolve(cells[4]))
                .toList();
        assertEquals(3, masks.size());
        double sum = 0;
        for (Path mask : masks) {
            int[] pixels = ImageIO.read(mask.toFile()).getRaster().getPixels(0, 0, 48, 48, (int[]) null);
            double foreground =
                    Arrays.stream(pixels).filter(value -> value > 127).count();
            sum += 2 * foreground / (foreground + pixels.length);
        }
        return sum / masks.size();
    }

    @Test
    void saysWhenTheLossIsNoNumber() throws IOException {
        TinyTraining training =
                new TinyTraining(folder).pictures(4).batch(2).epochs(20).rate(1e30);
        ArithmeticException thrown = assertThrows(ArithmeticException.class, training::run);
        assertTrue(thrown.getMessage().contains("learning_rate"), thrown.getMessage());
    }

    @Test
    void fineTunesForOtherClassesAndChannelsAndSaysSo() throws IOException {
        TinyTraining first = new TinyTraining(folder.resolve("a")).pictures(3).epochs(1);
        first.run();
        TinyTraining second = new TinyTraining(folder.resolve("b"))
                .pictures(3, 48, 100, 200)
                .network(1, 3)
                .channels(1)
                .startFrom(first.outputFolder())
                .epochs(1);
        List<String> notes = second.run().notes();
        assertTrue(notes.stream().anyMatch(n -> n.contains("outputs for class2 start at random")), notes + "");
        assertTrue(notes.stream().anyMatch(n -> n.contains("see 1 channel(s) instead of 3")), notes + "");
    }
}
