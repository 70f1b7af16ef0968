package io.github.transfuse.evaluation;

import io.github.transfuse.files.CsvCell;
import io.github.transfuse.metrics.Summary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What the folds of a cross-validation scored on the images that they had not seen.
 *
 * @param rows a row per fold and class
 */
record FoldScores(List<Row> rows) {
    private static final String HEADER = "fold,images,dice,iou,hd95,missed,class";
    private static final List<Measure> MEASURES = List.of(Measure.DICE, Measure.IOU, Measure.HD95);
    private static final int CELLS = 7;

    FoldScores {
        rows = List.copyOf(rows);
    }

    /**
     * The means over the images of a fold.
     *
     * @param fold counted from 1
     * @param images that were scored
     * @param values of Dice, IoU and HD95; NaN where not defined
     * @param missed images in which nothing of the class was found; they are not in HD95
     * @param className as a cell of CSV
     */
    record Row(int fold, int images, List<Double> values, long missed, String className) {
        private String line() {
            String numbers = values.stream().map(FoldScores::number).collect(Collectors.joining(","));
            return fold + "," + images + "," + numbers + "," + missed + "," + className;
        }
    }

    static FoldScores of(int fold, EvaluationReport report) {
        return new FoldScores(report.classNames().stream()
                .map(name -> new Row(
                        fold,
                        report.summary(name, Measure.DICE).n(),
                        MEASURES.stream()
                                .map(measure -> report.summary(name, measure).mean())
                                .toList(),
                        report.missed(name),
                        CsvCell.of(name)))
                .toList());
    }

    private static String number(double value) {
        return Double.isNaN(value) ? "" : String.format(Locale.ROOT, "%.6f", value);
    }

    /** The rows of a file of {@link #text}. */
    static FoldScores read(Path file) throws IOException {
        List<Row> rows = new ArrayList<>();
        for (String line : Files.readAllLines(file).stream().skip(1).toList()) {
            try {
                String[] cells = line.split(",", CELLS);
                List<Double> values = new ArrayList<>();
                for (int i = 2; i < 2 + MEASURES.size(); i++) {
                    values.add(cells[i].isEmpty() ? Double.NaN : Double.parseDouble(cells[i]));
                }
                rows.add(new Row(
                        Integer.parseInt(cells[0]),
                        Integer.parseInt(cells[1]),
                        values,
                        Long.parseLong(cells[CELLS - 2]),
                        cells[CELLS - 1]));
            } catch (NumberFormatException | IndexOutOfBoundsException e) {
                throw new IOException(
                        file + " holds a line that is not of a fold: " + line + ". Delete it and resume.", e);
            }
        }
        return new FoldScores(rows);
    }

    /** As CSV, without means. */
    String text() {
        return rows.stream().map(Row::line).collect(Collectors.joining("\n", HEADER + "\n", "\n"));
    }

    /** As CSV, with the mean and deviation over the folds behind. */
    String summary() {
        StringBuilder text = new StringBuilder(text());
        byClass().forEach((name, ofClass) -> {
            int images = ofClass.stream().mapToInt(Row::images).sum();
            long missed = ofClass.stream().mapToLong(Row::missed).sum();
            List<Summary> over = over(ofClass);
            List<Double> means = over.stream().map(Summary::mean).toList();
            List<Double> deviations = over.stream().map(Summary::sd).toList();
            text.append(new Row(0, images, means, missed, name).line().replaceFirst("0", "mean"))
                    .append('\n')
                    .append(new Row(0, images, deviations, missed, name).line().replaceFirst("0", "sd"))
                    .append('\n');
        });
        return text.toString();
    }

    private static List<Summary> over(List<Row> folds) {
        List<Summary> summaries = new ArrayList<>();
        for (int i = 0; i < MEASURES.size(); i++) {
            int measure = i;
            summaries.add(Summary.of(
                    folds.stream().mapToDouble(row -> row.values().get(measure)).toArray()));
        }
        return summaries;
    }

    private Map<String, List<Row>> byClass() {
        return rows.stream().collect(Collectors.groupingBy(Row::className, LinkedHashMap::new, Collectors.toList()));
    }

    /** For people: a line for each class with the mean over the folds. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        byClass()
                .forEach((name, folds) -> lines.add(name + "  "
                        + over(folds).stream()
                                .map(Summary::toString)
                                .findFirst()
                                .map(text -> "Dice " + text)
                                .orElse("")
                        + " over the folds"));
        return lines;
    }
}
