package io.github.transfuse.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.transfuse.engine.ConstantAnswer;
import io.github.transfuse.engine.Device;
import io.github.transfuse.engine.EpochReport;
import io.github.transfuse.engine.EpochReport.Scores;
import io.github.transfuse.engine.EpochReport.Timing;
import io.github.transfuse.engine.EpochTable;
import io.github.transfuse.engine.MemoryEstimate;
import io.github.transfuse.engine.NetworkInfo;
import io.github.transfuse.engine.ObjectScore;
import io.github.transfuse.engine.Precision;
import io.github.transfuse.engine.Preview;
import io.github.transfuse.engine.TrainingListener;
import io.github.transfuse.engine.TrainingListener.Request;
import io.github.transfuse.engine.TrainingSummary;
import io.github.transfuse.files.EveryFault;
import io.github.transfuse.settings.Settings;
import io.github.transfuse.settings.Task;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingViewTest {

    private static final int SIZE = 8;

    private static Preview preview() {
        int[] rgb = new int[SIZE * SIZE];
        Arrays.fill(rgb, 0x808080);
        byte[] truth = new byte[SIZE * SIZE];
        byte[] predicted = new byte[SIZE * SIZE];
        for (int y = 2; y < 6; y++) {
            Arrays.fill(truth, y * SIZE + 1, y * SIZE + 4, (byte) 1);
            Arrays.fill(predicted, y * SIZE + 4, y * SIZE + 7, (byte) 1);
        }
        return new Preview("case", SIZE, SIZE, rgb, predicted, truth);
    }

    private static EpochReport report(int epoch, double dice) {
        Timing timing = new Timing(60, 10, 0.01, dice > 0.5, List.of(preview()));
        return new EpochReport(
                epoch,
                10,
                new Scores(1.0 / epoch, dice, dice - 0.1),
                new Scores(1.2 / epoch, dice, dice - 0.1),
                timing);
    }

    private static TrainingMonitor monitor() {
        NetworkInfo network = new NetworkInfo(Device.CPU, Precision.FLOAT32, List.of());
        TrainingMonitor monitor = new TrainingMonitor();
        monitor.prepared(new TrainingSummary(20, 2, network, new MemoryEstimate(3L << 30), List.of("a note")));
        return monitor;
    }

    @Test
    void outlinesTruthAndPredictionInTheirColours() {
        BufferedImage image = PreviewStrip.outlined(preview());
        assertEquals(0xFF2FD36B, image.getRGB(1, 2));
        assertEquals(0xFFFF3DBE, image.getRGB(6, 2));
        assertEquals(0xFF808080, image.getRGB(2, 3), "inside an object the image is seen");
    }

    @Test
    void curvesChangeWithTheFigures() {
        BufferedImage low = TrainingCurves.draw(List.of(report(1, 0.2), report(2, 0.3)), 600, 200);
        BufferedImage high = TrainingCurves.draw(List.of(report(1, 0.2), report(2, 0.9)), 600, 200);
        long differing = IntStream.range(0, 600 * 200)
                .filter(i -> low.getRGB(i % 600, i / 600) != high.getRGB(i % 600, i / 600))
                .count();
        assertTrue(differing > 100, differing + " pixels differ");
    }

    @Test
    void knowsTheTimeLeftAndTheBestEpoch() {
        TrainingMonitor monitor = monitor();
        monitor.epoch(report(1, 0.6));
        monitor.epoch(report(2, 0.4));
        assertEquals(8 * 60, monitor.secondsLeft());
        monitor.step(3, 5, 10, 0.5);
        assertEquals(7.5 * 60, monitor.secondsLeft());
        assertEquals(0.25, monitor.progress(), 1e-12);
        assertTrue(monitor.status().toString().contains("Best Dice 0.6000 in epoch 1"), monitor.status()::toString);
        assertEquals("1 h 01 min", TrainingMonitor.duration(3660));
    }

    private static EpochReport judged(int epoch, double dice, double constant) {
        EpochReport plain = report(epoch, dice);
        Scores scores = new Scores(
                plain.validation().loss(),
                dice,
                0.1,
                Double.NaN,
                Optional.of(new ConstantAnswer("everything foreground", constant)),
                Optional.empty());
        return new EpochReport(epoch, plain.epochs(), plain.training(), scores, plain.timing());
    }

    @Test
    void theWindowSaysWhenNothingIsLearnedYet() {
        TrainingMonitor monitor = monitor();
        monitor.epoch(judged(1, 0.88, 0.889));
        String status = monitor.status().toString();
        assertTrue(
                status.contains(
                        "Best Dice 0.8800 (everything foreground: 0.8890) in epoch 1: has learned nothing yet;"),
                status);
        monitor.epoch(judged(2, 0.9, 0.889));
        status = monitor.status().toString();
        assertTrue(status.contains("(everything foreground: 0.8890) in epoch 2; about"), status);
    }

    @Test
    void curvesShowTheConstantAnswer() {
        List<EpochReport> without = List.of(report(1, 0.2), report(2, 0.9));
        List<EpochReport> with = List.of(judged(1, 0.2, 0.5), judged(2, 0.9, 0.5));
        BufferedImage plain = TrainingCurves.draw(without, 600, 200);
        BufferedImage image = TrainingCurves.draw(with, 600, 200);
        assertTrue(grey(image) > grey(plain) + 50, grey(plain) + " and " + grey(image));
    }

    @Test
    void curvesAndStatusShowTheObjects() {
        List<EpochReport> found = new ArrayList<>();
        for (EpochReport plain : List.of(report(1, 0.2), report(2, 0.9))) {
            Scores pixels = plain.validation();
            Scores scores = new Scores(
                    pixels.loss(),
                    pixels.dice(),
                    pixels.iou(),
                    0.3,
                    Optional.empty(),
                    Optional.of(new ObjectScore(pixels.dice() / 2, 0)));
            found.add(new EpochReport(plain.epoch(), plain.epochs(), plain.training(), scores, plain.timing()));
        }
        BufferedImage image = TrainingCurves.draw(found, 600, 200);
        BufferedImage plain = TrainingCurves.draw(List.of(report(1, 0.2), report(2, 0.9)), 600, 200);
        assertTrue(colored(image, 0xE08B14) > colored(plain, 0xE08B14) + 20, colored(image, 0xE08B14) + "");
        TrainingMonitor monitor = monitor();
        found.forEach(monitor::epoch);
        String status = monitor.status().toString();
        assertTrue(status.contains("Best object F1@0.5 0.4500, MCC 0.3000, Dice 0.9000 in epoch 2"), status);
    }

    /** Pixels of the middle chart in the colour of the constant answer. */
    private static long grey(BufferedImage image) {
        return colored(image, 0x808080);
    }

    private static long colored(BufferedImage image, int color) {
        return IntStream.range(0, 200 * 200)
                .filter(i -> (image.getRGB(200 + i % 200, i / 200) & 0xffffff) == color)
                .count();
    }

    @Test
    void stopCannotBeTakenBack() {
        TrainingMonitor monitor = monitor();
        monitor.pause(true);
        assertEquals(Request.PAUSE, monitor.request());
        monitor.pause(false);
        assertEquals(Request.CONTINUE, monitor.request());
        monitor.stop();
        monitor.pause(true);
        assertEquals(Request.STOP, monitor.request());
    }

    @Test
    void aServerWithoutFontsIsNoReasonToEndATraining(@TempDir Path folder) {
        List<String> notes = new ArrayList<>();
        new TrainingPictures(folder, notes::add, (reports, into) -> {
                    throw new UnsatisfiedLinkError("libfontmanager.so: libharfbuzz.so.0");
                })
                .epoch(report(1, 0.2));
        assertEquals(1, notes.size());
        assertTrue(notes.get(0).contains("libharfbuzz"), notes.get(0));
    }

    /** As Java 17 throws it where the libraries are there, but no font is. */
    @Test
    void librariesWithoutFontsAreNoReasonEither(@TempDir Path folder) {
        List<String> notes = new ArrayList<>();
        Throwable cause = new RuntimeException("Fontconfig head is null, check your fonts or fonts configuration");
        new TrainingPictures(folder, notes::add, (reports, into) -> {
                    throw new InternalError(new java.lang.reflect.InvocationTargetException(cause));
                })
                .epoch(report(1, 0.2));
        assertEquals(1, notes.size());
        assertTrue(notes.get(0).contains("Fontconfig head is null"), notes.get(0));
    }

    @Test
    void writesPicturesBesideTheModel(@TempDir Path folder) throws Exception {
        TrainingPictures.write(List.of(report(1, 0.2)), folder);
        assertEquals(1200, ImageIO.read(folder.resolve("curves.png").toFile()).getWidth());
        BufferedImage strip = ImageIO.read(folder.resolve("preview.png").toFile());
        assertNotEquals(strip.getRGB(0, 0), strip.getRGB(strip.getWidth() / 2, strip.getHeight() / 2));
        assertEquals(2, folder.toFile().list().length);
    }

    @Test
    void aListenerWritesThePicturesAfterEveryEpoch(@TempDir Path folder) throws Exception {
        List<String> told = new ArrayList<>();
        Settings settings = Settings.parse(Task.TRAIN, "").with("output", folder);
        TrainingListener listener = TrainingPictures.beside(settings, new TrainingListener() {
            @Override
            public void note(String sentence) {
                told.add(sentence);
            }
        });
        listener.epoch(report(1, 0.2));
        byte[] first = Files.readAllBytes(folder.resolve("curves.png"));
        listener.epoch(report(2, 0.9));
        assertFalse(Arrays.equals(first, Files.readAllBytes(folder.resolve("curves.png"))));
        assertEquals(List.of(), told);

        Files.delete(folder.resolve("curves.png"));
        Files.delete(folder.resolve("preview.png"));
        Files.delete(folder);
        listener.epoch(report(3, 0.9));
        assertTrue(told.get(0).contains("cannot be written to " + folder), told::toString);
    }

    @Tag("faults")
    @Test
    void onADiskThatFailsAtAnyStepTheEarlierPicturesStay(@TempDir Path folder) throws Exception {
        TrainingPictures.write(List.of(report(1, 0.2)), folder);
        EveryFault.of(folder, to -> TrainingPictures.write(List.of(report(1, 0.2), report(2, 0.9)), to));
    }

    @Test
    void aResumedTrainingShowsTheEpochsBefore(@TempDir Path folder) throws Exception {
        Files.write(
                folder.resolve(EpochTable.FILE),
                List.of(EpochTable.HEADER, EpochTable.line(report(1, 0.6)), EpochTable.line(report(2, 0.7))));
        TrainingMonitor monitor = new TrainingMonitor(Optional.of(folder));
        monitor.epoch(report(2, 0.4));
        assertEquals(
                List.of(1, 2),
                monitor.reports().stream().map(EpochReport::epoch).toList());
        assertEquals(0.6, monitor.reports().get(0).training().dice());
        assertEquals(0.4, monitor.reports().get(1).validation().dice());
    }

    @Test
    void tablesOfTheFirstVersionAreRead(@TempDir Path folder) throws Exception {
        Path file = folder.resolve(EpochTable.FILE);
        Files.writeString(file, "epoch,and,so,on\n1,0.5,0.4,0.3,0.2,1.0,2.00,0.1000,true\n");
        EpochReport read = EpochTable.read(file, 7).get(0);
        assertEquals(new Scores(0.4, 0.3, 0.2), read.validation());
        assertTrue(Double.isNaN(read.training().dice()) && read.timing().best());
        Files.writeString(file, "epoch\nbroken\n");
        assertThrows(IOException.class, () -> EpochTable.read(file, 7));
    }

    @Test
    void ofSeveralListenersTheStrongestWishCounts() {
        TrainingMonitor one = monitor();
        TrainingMonitor other = monitor();
        TrainingListener all = TrainingListener.all(one, other);
        assertEquals(Request.CONTINUE, all.request());
        one.pause(true);
        assertEquals(Request.PAUSE, all.request());
        other.stop();
        assertEquals(Request.STOP, all.request());
    }
}
