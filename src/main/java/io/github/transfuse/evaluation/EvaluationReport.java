package io.github.transfuse.evaluation;

import io.github.transfuse.engine.Preview;
import io.github.transfuse.files.StagedFiles;
import io.github.transfuse.files.WholeFile;
import io.github.transfuse.metrics.Summary;
import io.github.transfuse.model.ModelFolder;
import io.github.transfuse.settings.Settings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What an evaluation found.
 *
 * @param models that was evaluated, with the record of the bf16 check if it was made; or several that answered together
 * @param settings of the evaluation
 * @param scores a row per image and class, in the order of the images
 * @param pictures of some images
 * @param failures images that could not be evaluated
 * @param notes what the reader should know, as sentences
 */
public record EvaluationReport(
        List<ModelFolder> models,
        Settings settings,
        List<CaseScore> scores,
        Pictures pictures,
        List<Failure> failures,
        List<String> notes) {

    /** Name of the table in the output folder. */
    public static final String CSV = "evaluation.csv";

    /** Name of the page in the output folder. */
    public static final String HTML = "report.html";

    /** Copies the lists. */
    public EvaluationReport {
        models = List.copyOf(models);
        scores = List.copyOf(scores);
        failures = List.copyOf(failures);
        notes = List.copyOf(notes);
    }

    /**
     * An image that could not be evaluated.
     *
     * @param image its file
     * @param reason what happened and what to do
     */
    public record Failure(Path image, String reason) {}

    /**
     * A picture of an image with truth and prediction.
     *
     * @param dice mean of its classes
     * @param preview reduced in size
     */
    public record Case(double dice, Preview preview) {}

    /**
     * The images of the least and of the greatest Dice; none is in both lists.
     *
     * @param worst from the worst on
     * @param best from the best on
     */
    public record Pictures(List<Case> worst, List<Case> best) {}

    /** The model; of several the one by whose rules labels were made. */
    public ModelFolder model() {
        return models.get(0);
    }

    /** Name of the model, or of all. */
    public String modelName() {
        return joined(" + ", model -> model.spec().identity().name());
    }

    /** Checksum of the weights. */
    public String weightsSha256() {
        return joined("+", ModelFolder::sha256);
    }

    private String joined(String between, Function<ModelFolder, String> part) {
        return models.stream().map(part).collect(Collectors.joining(between));
    }

    /** Names of the classes, in order. */
    public List<String> classNames() {
        return scores.stream().map(CaseScore::className).distinct().toList();
    }

    /** Mean, standard deviation and number of defined values of a measure over the images. */
    public Summary summary(String className, Measure measure) {
        return Summary.of(scores.stream()
                .filter(score -> score.className().equals(className))
                .mapToDouble(measure::of)
                .toArray());
    }

    /** In how many rows a class is, of which nothing was found; their distances are in no mean. */
    public long missed(String className) {
        return scores.stream()
                .filter(score -> score.className().equals(className) && score.isMissed())
                .count();
    }

    /** In how many rows a class was found that is not there; their distances are in no mean. */
    public long invented(String className) {
        return scores.stream()
                .filter(score -> score.className().equals(className) && score.isInvented())
                .count();
    }

    /** What the means of distances of a class leave out, as words; empty if nothing. */
    public String leftOut(String className) {
        return Stream.of(
                        missed(className) > 0 ? missed(className) + " missed" : "",
                        invented(className) > 0 ? invented(className) + " found where there is none" : "")
                .filter(words -> !words.isEmpty())
                .collect(Collectors.joining(", "));
    }

    /** The rows from what went most wrong on: missed or invented, then by Dice. */
    public List<CaseScore> worstFirst() {
        return scores.stream()
                .sorted(Comparator.comparing((CaseScore score) -> !score.isMissed() && !score.isInvented())
                        .thenComparingDouble(Measure.DICE::of))
                .toList();
    }

    /** Dice of all classes together over the images: the mean over those that are present, as in validation. */
    public Summary classDice() {
        return Summary.of(scores.stream()
                .collect(Collectors.groupingBy(CaseScore::image, LinkedHashMap::new, Collectors.toList()))
                .values()
                .stream()
                .mapToDouble(CaseScore::dice)
                .toArray());
    }

    /** The unit of lengths; {@code mixed units} if images differ. */
    public String unit() {
        List<String> units = scores.stream().map(CaseScore::unit).distinct().toList();
        return units.size() == 1 ? units.get(0) : "mixed units";
    }

    /** The means over the images, a line for each class and measure that is defined, and how many images failed. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        for (String name : classNames()) {
            boolean shown = summary(name, Measure.HD95).n() > 0;
            if (!shown && !leftOut(name).isEmpty()) {
                lines.add(name + "  " + Measure.HD95.title() + " is not defined; " + leftOut(name));
            }
            for (Measure measure : Measure.values()) {
                Summary summary = summary(name, measure);
                if (summary.n() > 0) {
                    lines.add(name + "  " + measure.title() + " " + summary + (measure.isLength() ? " " + unit() : "")
                            + (measure == Measure.HD95 && !leftOut(name).isEmpty() ? "; " + leftOut(name) : ""));
                }
            }
        }
        if (classNames().size() > 1) {
            lines.add("all classes  " + Measure.DICE.title() + " " + classDice());
        }
        if (!failures.isEmpty()) {
            lines.add(failures.size() + " images could not be evaluated");
        }
        return lines;
    }

    /** Writes the table, complete or not at all. */
    void writeCsv(Path file) throws IOException {
        WholeFile.write(file, EvaluationCsv.text(scores));
    }

    /** Writes {@value #CSV} and a page as {@value #HTML} into the output folder, both or none. */
    void write(Path folder, String html) throws IOException {
        try (StagedFiles files = StagedFiles.in(folder)) {
            WholeFile.write(files.file(HTML), html);
            writeCsv(files.file(CSV));
            files.publish();
        }
    }
}
