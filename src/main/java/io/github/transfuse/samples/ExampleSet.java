package io.github.transfuse.samples;

import io.github.transfuse.model.InputSpec;
import io.github.transfuse.model.ModelSpec;
import io.github.transfuse.model.OutputSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * The examples of a training, in memory.
 *
 * @param split which pairs train and validate
 * @param training to learn from
 * @param validation to select with, in the order of {@code truths}
 * @param truths what validation examples are judged by: masks at their stored size
 * @param coding what the values of masks mean
 * @param notes how images came to the axes of the model, each once, and what makes the figures worth less than they seem
 */
public record ExampleSet(
        Split split,
        List<Example> training,
        List<Example> validation,
        List<Truth> truths,
        MaskCoding coding,
        List<String> notes) {

    /**
     * What the values of masks mean, as far as the user says.
     *
     * @param type auto, binary, classes or instances
     * @param ignored value that is left out
     * @param channels of the images, counted from 1; empty: all
     */
    public record Reading(MaskType type, Optional<Integer> ignored, List<Integer> channels) {}

    /**
     * Reads all files; several threads take part. A split that was not chosen by a user is changed where a class would be
     * in its validation only.
     *
     * @throws SamplesException listing every pair that cannot be used
     * @throws IOException if a file cannot be read
     */
    public static ExampleSet read(Split asked, ModelSpec model, Reading reading) throws IOException {
        int outputs = model.network().classes();
        KnownClasses known = KnownClasses.of(outputs, model);
        NamedMasks names = NamedMasks.of(all(asked), reading, model.output().kind(), known);
        Map<Pair, MaskSurvey> masks = surveys(asked, names);
        MaskCoding coding = MaskDecision.of(
                        reading.type(),
                        List.copyOf(masks.values()),
                        reading.ignored(),
                        model.output().kind(),
                        known)
                .named(names);
        requireClasses(coding, outputs);
        Function<Pair, Set<Integer>> classes =
                pair -> coding.classesOf(masks.get(pair).counts().keySet());
        Split split = ClassBalance.of(asked, classes);
        requireSameClasses(split, classes);
        ExampleReader reader = new ExampleReader(model, reading.channels(), coding);
        List<String> problems = new ArrayList<>();
        ImageNotes notes = new ImageNotes();
        List<ExampleReader.Read> training =
                read(pair -> reader.read(pair, told -> notes.add(told, pair.stem())), split.training(), problems);
        ExampleReader judging = new ExampleReader(
                model, reading.channels(), coding, objects(split.validation(), masks, reading.ignored(), model));
        List<ExampleReader.Read> validation =
                read(pair -> judging.read(pair, told -> notes.add(told, pair.stem())), split.validation(), problems);
        if (!problems.isEmpty()) {
            throw new SamplesException(
                    "These images cannot be used:", problems, "Correct them or move them away, and start again.");
        }
        List<String> told = notes.sentences(training.size() + validation.size());
        told.addAll(PartsCheck.ofMasks(split, classes, model.output()));
        told.addAll(PartsCheck.ofPatients(split));
        told.addAll(PartsCheck.ofNames(split));
        told.addAll(new DataCheck(masks.values(), coding, model.output()).ofMasks());
        return of(split, training, validation, coding, told);
    }

    /** Reads objects as evaluation does; none where the model has none, or no validation mask has any. */
    private static Optional<TruthReader> objects(
            List<Pair> validation, Map<Pair, MaskSurvey> masks, Optional<Integer> ignored, ModelSpec model) {
        List<MaskSurvey> judging = validation.stream().map(masks::get).toList();
        boolean any = judging.stream()
                .flatMap(mask -> mask.counts().keySet().stream())
                .anyMatch(value -> value != 0 && !ignored.equals(Optional.of(value)));
        return any && model.output().kind() == OutputSpec.Kind.BOUNDARY_INSTANCES
                ? Optional.of(TruthReader.ofMasks(judging, new Reading(MaskType.AUTO, ignored, List.of()), model))
                : Optional.empty();
    }

    private static ExampleSet of(
            Split split,
            List<ExampleReader.Read> training,
            List<ExampleReader.Read> validation,
            MaskCoding coding,
            List<String> told) {
        List<Example> learned =
                training.stream().map(ExampleReader.Read::example).toList();
        List<Example> judging =
                validation.stream().map(ExampleReader.Read::example).toList();
        told.addAll(PartsCheck.ofImages(learned, judging));
        List<Example> all = new ArrayList<>(learned);
        all.addAll(judging);
        told.addAll(DataCheck.ofImages(all, learned));
        return new ExampleSet(
                split,
                learned,
                judging,
                validation.stream().map(ExampleReader.Read::truth).toList(),
                coding,
                List.copyOf(told));
    }

    private static List<Pair> all(Split split) {
        List<Pair> all = new ArrayList<>(split.training());
        all.addAll(split.validation());
        return all;
    }

    private static Map<Pair, MaskSurvey> surveys(Split split, NamedMasks names) throws IOException {
        Map<Pair, MaskSurvey> masks = new LinkedHashMap<>();
        for (List<Pair> part : List.of(split.training(), split.validation())) {
            List<MaskSurvey> surveys = survey(part, names);
            IntStream.range(0, part.size()).forEach(i -> masks.put(part.get(i), surveys.get(i)));
        }
        return masks;
    }

    /**
     * What the masks of some pairs mean, for proposals; nothing is kept in memory.
     *
     * @param known classes that the masks can have
     * @throws SamplesException if it cannot be told
     */
    public static MaskCoding coding(List<Pair> pairs, Reading reading, OutputSpec.Kind kind, KnownClasses known)
            throws IOException {
        return coding(pairs, NamedMasks.of(pairs, reading, kind, known), reading, kind, known);
    }

    /** The same of masks whose names were looked at already. */
    public static MaskCoding coding(
            List<Pair> pairs, NamedMasks names, Reading reading, OutputSpec.Kind kind, KnownClasses known)
            throws IOException {
        return MaskDecision.of(reading.type(), survey(pairs, names), reading.ignored(), kind, known)
                .named(names);
    }

    private static void requireClasses(MaskCoding coding, int classes) {
        boolean foreground = coding.rule() == MaskCoding.Rule.ABOVE;
        // one class beside the background is a foreground: one output is enough
        if (foreground ? classes > 2 : coding.classes() > Math.max(2, classes)) {
            throw new SamplesException("The masks hold " + (foreground ? 2 : coding.classes())
                    + " classes including the background, but the model has " + classes + " output(s) ("
                    + coding.note() + "). Set the classes of the model, or another mask_type.");
        }
    }

    private static void requireSameClasses(Split split, Function<Pair, Set<Integer>> classes) {
        Set<Integer> missing = new TreeSet<>();
        split.validation().forEach(pair -> missing.addAll(classes.apply(pair)));
        split.training().forEach(pair -> missing.removeAll(classes.apply(pair)));
        if (!missing.isEmpty()) {
            throw new SamplesException("The validation masks hold the class(es) " + missing
                    + ", which no training mask has. Choose the validation images so that every class is in both.");
        }
    }

    private static List<MaskSurvey> survey(List<Pair> pairs, NamedMasks names) throws IOException {
        return inParallel(pairs, pair -> MaskSurvey.of(pair.mask(), names));
    }

    private static List<ExampleReader.Read> read(
            Reader<List<ExampleReader.Read>> reader, List<Pair> pairs, List<String> problems) throws IOException {
        List<Attempt> attempts = inParallel(pairs, pair -> Attempt.of(reader, pair));
        attempts.stream().flatMap(a -> a.problem().stream()).forEach(problems::add);
        return attempts.stream().flatMap(a -> a.read().stream()).toList();
    }

    /** Examples, or why there are none. */
    private record Attempt(List<ExampleReader.Read> read, Optional<String> problem) {
        static Attempt of(Reader<List<ExampleReader.Read>> reader, Pair pair) {
            try {
                return new Attempt(reader.read(pair), Optional.empty());
            } catch (SamplesException | IOException e) {
                return new Attempt(List.of(), Optional.of(String.valueOf(e.getMessage())));
            }
        }
    }

    private static <T> List<T> inParallel(List<Pair> pairs, Reader<T> reader) throws IOException {
        try {
            return pairs.parallelStream()
                    .map(pair -> {
                        try {
                            return reader.read(pair);
                        } catch (IOException e) {
                            throw new UncheckedIOException(e);
                        }
                    })
                    .toList();
        } catch (UncheckedIOException e) {
            throw new IOException(e.getCause().getMessage(), e);
        }
    }

    /** Reads something of a pair. */
    @FunctionalInterface
    private interface Reader<T> {
        T read(Pair pair) throws IOException;
    }

    /** What an epoch shows: whole images or tiles, as the model's input rule has it. */
    public Crops crops(InputSpec input, boolean softTarget) {
        return input.rule() == InputSpec.Rule.TILE
                ? Crops.tiles(training, input.size(), softTarget)
                : Crops.whole(training);
    }

    /** Memory in use by all examples. */
    public long sizeInBytes() {
        long bytes = 0;
        for (List<Example> part : List.of(training, validation)) {
            for (Example example : part) {
                bytes += example.image().sizeInBytes() + example.target().length;
            }
        }
        for (Truth truth : truths) {
            bytes += truth.sizeInBytes();
        }
        return bytes;
    }
}
