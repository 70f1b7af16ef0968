package io.github.transfuse.evaluation;

import io.github.transfuse.files.CsvCell;
import io.github.transfuse.metrics.ObjectMatching;
import io.github.transfuse.metrics.Overlap;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;

/** The rows of an evaluation as comma-separated values; values that are not defined are left empty. */
final class EvaluationCsv {
    private static final List<String> COUNTS =
            List.of("unit", "predicted_pixels", "truth_pixels", "predicted_objects", "truth_objects");

    private EvaluationCsv() {}

    static String text(List<CaseScore> scores) {
        StringBuilder text = new StringBuilder(header());
        scores.forEach(score -> text.append(row(score)));
        return text.toString();
    }

    private static String header() {
        Stream<String> measures = Arrays.stream(Measure.values()).map(Measure::key);
        return String.join(
                        ",",
                        Stream.of(Stream.of("image", "class"), measures, COUNTS.stream())
                                .flatMap(names -> names)
                                .toList())
                + "\n";
    }

    private static String row(CaseScore score) {
        List<String> cells = new ArrayList<>(List.of(CsvCell.of(score.image()), CsvCell.of(score.className())));
        for (Measure measure : Measure.values()) {
            cells.add(number(measure.of(score)));
        }
        Overlap overlap = score.scores().overlap();
        cells.add(CsvCell.of(score.unit()));
        cells.add(Long.toString(overlap.predicted()));
        cells.add(Long.toString(overlap.truth()));
        cells.add(count(score, ObjectMatching::predicted));
        cells.add(count(score, ObjectMatching::truth));
        return String.join(",", cells) + "\n";
    }

    private static String count(CaseScore score, ToIntFunction<ObjectMatching> of) {
        return score.objects()
                .map(objects -> Integer.toString(of.applyAsInt(objects)))
                .orElse("");
    }

    private static String number(double value) {
        return Double.isNaN(value) ? "" : String.format(Locale.ROOT, "%.6f", value);
    }
}
