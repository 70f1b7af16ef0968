package io.github.transfuse.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** {@code history.csv} of a training: a line per epoch. */
public final class EpochTable {

    /** Name of the table in the model folder. */
    public static final String FILE = "history.csv";

    /**
     * The columns; those of training Dice and IoU are missing in tables of the first version, those of the best constant
     * answer in tables of the second, that of the correlation in tables of the third, those of objects in tables of the
     * fourth.
     */
    public static final String HEADER = "epoch,training_loss,validation_loss,validation_dice,validation_iou,seconds,"
            + "images_per_second,waiting,best,training_dice,training_iou,constant_dice,constant_answer,validation_mcc,"
            + "validation_object_f1,nothing_object_f1";

    private static final int CONSTANT = 11;

    private static final int CORRELATION = 13;

    private static final int OBJECTS = 14;

    private EpochTable() {}

    /** The line of an epoch. */
    public static String line(EpochReport report) {
        EpochReport.Timing timing = report.timing();
        return String.format(
                Locale.ROOT,
                "%d,%.6f,%.6f,%.6f,%.6f,%.1f,%.2f,%.4f,%s,%.6f,%.6f,%s,%.6f,%s",
                report.epoch(),
                report.training().loss(),
                report.validation().loss(),
                report.validation().dice(),
                report.validation().iou(),
                timing.seconds(),
                timing.imagesPerSecond(),
                timing.waitingShare(),
                timing.best(),
                report.training().dice(),
                report.training().iou(),
                report.validation().constant().map(EpochTable::cells).orElse(","),
                report.validation().mcc(),
                report.validation().objects().map(EpochTable::cells).orElse(","));
    }

    private static String cells(ConstantAnswer answer) {
        // names of classes may hold anything, a table of commas and lines may not
        String words = answer.words().replaceAll("[,\\s\"]+", " ");
        return String.format(Locale.ROOT, "%.6f,%s", answer.dice(), words);
    }

    private static String cells(ObjectScore score) {
        return String.format(Locale.ROOT, "%.6f,%.6f", score.f1(), score.nothing());
    }

    private static Optional<ObjectScore> objects(String... cells) {
        return cells.length > OBJECTS + 1 && !cells[OBJECTS].isEmpty()
                ? Optional.of(
                        new ObjectScore(Double.parseDouble(cells[OBJECTS]), Double.parseDouble(cells[OBJECTS + 1])))
                : Optional.empty();
    }

    private static double correlation(String... cells) {
        return cells.length > CORRELATION ? Double.parseDouble(cells[CORRELATION]) : Double.NaN;
    }

    private static Optional<ConstantAnswer> constant(String... cells) {
        return cells.length > CONSTANT + 1 && !cells[CONSTANT].isEmpty()
                ? Optional.of(new ConstantAnswer(cells[CONSTANT + 1], Double.parseDouble(cells[CONSTANT])))
                : Optional.empty();
    }

    /**
     * The epochs in a table, without previews; none if there is no table.
     *
     * @param epochs planned
     * @throws IOException if it cannot be read, or holds something else
     */
    public static List<EpochReport> read(Path file, int epochs) throws IOException {
        List<EpochReport> reports = new ArrayList<>();
        if (!Files.exists(file)) {
            return reports;
        }
        List<String> lines = Files.readAllLines(file);
        for (String line : lines.subList(Math.min(1, lines.size()), lines.size())) {
            try {
                reports.add(report(line.split(",", -1), epochs));
            } catch (NumberFormatException | IndexOutOfBoundsException e) {
                throw new IOException(file + " holds a line that is not of an epoch: " + line, e);
            }
        }
        return reports;
    }

    /**
     * The epochs that a resumed training had finished before.
     *
     * @param folder of the model
     * @param first report of the training since it was resumed
     * @throws IOException as {@link #read}
     */
    public static List<EpochReport> before(Path folder, EpochReport first) throws IOException {
        return read(folder.resolve(FILE), first.epochs()).stream()
                .filter(earlier -> earlier.epoch() < first.epoch())
                .toList();
    }

    private static EpochReport report(String[] cells, int epochs) {
        boolean full = cells.length > 10;
        double[] values = new double[11];
        for (int i = 0; i < values.length; i++) {
            values[i] = i == 8 || (i > 8 && !full) ? Double.NaN : Double.parseDouble(cells[i]);
        }
        EpochReport.Timing timing =
                new EpochReport.Timing(values[5], values[6], values[7], Boolean.parseBoolean(cells[8]), List.of());
        return new EpochReport(
                (int) values[0],
                epochs,
                new EpochReport.Scores(values[1], values[9], values[10]),
                new EpochReport.Scores(
                        values[2], values[3], values[4], correlation(cells), constant(cells), objects(cells)),
                timing);
    }
}
