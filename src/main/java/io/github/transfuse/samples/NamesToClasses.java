package io.github.transfuse.samples;

import io.github.transfuse.image.SegmentNames;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Decides which classes the names in masks are.
 *
 * @param survey of masks, of which some name their values
 * @param classes names of the classes, from 1 on
 * @param ignored value that is left out
 */
record NamesToClasses(SegmentSurvey survey, List<String> classes, Optional<Integer> ignored) {

    NamedMasks decide() {
        Map<String, Integer> numbers = numbers();
        List<String> others = names().stream()
                .filter(name -> !numbers.containsKey(NamedMasks.plain(name)))
                .toList();
        if (others.size() == names().size()) {
            return byValues();
        }
        requireIgnored(numbers);
        List<String> notes = new ArrayList<>();
        if (changes(numbers)) {
            notes.add("segments are classes by their names, whatever their numbers ("
                    + survey.counts().entrySet().stream()
                            .filter(name -> numbers.containsKey(NamedMasks.plain(name.getKey())))
                            .sorted(Comparator.comparing(name -> numbers.get(NamedMasks.plain(name.getKey()))))
                            .map(name -> name.getKey() + " in " + name.getValue())
                            .collect(Collectors.joining(", "))
                    + " of " + (survey.named().size() + survey.unnamed().size()) + " masks)");
        }
        several().ifPresent(notes::add);
        if (!others.isEmpty()) {
            notes.add("segments that are no classes are background (" + String.join(", ", others) + ")");
        }
        if (!survey.unnamed().isEmpty()) {
            notes.add("masks that name no segments, such as "
                    + survey.unnamed().get(0).getFileName() + ", hold the numbers of classes");
        }
        return NamedMasks.byNames(numbers, ignored, String.join("; ", notes), doubt(others));
    }

    private Map<String, Integer> numbers() {
        Map<String, Integer> numbers = new LinkedHashMap<>();
        for (String name : classes) {
            numbers.putIfAbsent(NamedMasks.plain(name), 1 + classes.indexOf(name));
        }
        return numbers;
    }

    /** Those of all segments that are not left out. */
    private Set<String> names() {
        Set<String> left = new TreeSet<>();
        for (Map<Integer, SegmentNames.Segment> segments : survey.named().values()) {
            ignored.map(segments::get).ifPresent(segment -> left.add(NamedMasks.plain(segment.name())));
        }
        Set<String> names = new TreeSet<>(survey.counts().keySet());
        names.removeIf(name -> left.contains(NamedMasks.plain(name)));
        return names;
    }

    /** No name is that of a class, so that the values tell; then they must be the same ones in all masks. */
    private NamedMasks byValues() {
        Optional<String> contradiction = survey.contradiction();
        if (contradiction.isPresent()) {
            throw new SamplesException("The masks number their segments differently ("
                    + contradiction.get() + "), and their names are none of the classes "
                    + String.join(", ", classes) + ". Give the segments the names of the classes.");
        }
        return NamedMasks.byValues("the names of segments (" + String.join(", ", names())
                + ") are none of the classes (" + String.join(", ", classes) + "): their numbers tell");
    }

    /** Whether the class of a segment has another number than the segment. */
    private boolean changes(Map<String, Integer> numbers) {
        return survey.named().values().stream()
                .flatMap(segments -> segments.entrySet().stream())
                .filter(segment -> !ignored.equals(Optional.of(segment.getKey())))
                .anyMatch(segment ->
                        numbers.getOrDefault(NamedMasks.plain(segment.getValue().name()), segment.getKey())
                                != segment.getKey().intValue());
    }

    /** The value that is left out must have one name in all masks, and be no number that a class gets. */
    private void requireIgnored(Map<String, Integer> numbers) {
        if (ignored.isEmpty()) {
            return;
        }
        Set<String> called = new TreeSet<>();
        boolean elsewhere = false;
        for (Map<Integer, SegmentNames.Segment> segments : survey.named().values()) {
            Optional.ofNullable(segments.get(ignored.get()))
                    .ifPresent(segment -> called.add(NamedMasks.plain(segment.name())));
        }
        for (Map<Integer, SegmentNames.Segment> segments : survey.named().values()) {
            elsewhere |= segments.entrySet().stream()
                    .anyMatch(segment -> !segment.getKey().equals(ignored.get())
                            && called.contains(
                                    NamedMasks.plain(segment.getValue().name())));
        }
        boolean taken = changes(numbers) && ignored.get() <= classes.size();
        if (called.size() > 1 || elsewhere || taken) {
            throw new SamplesException(
                    "ignore_label=" + ignored.get() + " is a number, but the masks number their segments"
                            + " differently. Give the segment that is left out a number of its own, the same in all masks and"
                            + " above " + classes.size() + ", for instance in 3D Slicer.");
        }
    }

    private Optional<String> several() {
        for (Map.Entry<Path, Map<Integer, SegmentNames.Segment>> mask :
                survey.named().entrySet()) {
            Set<String> seen = new TreeSet<>();
            for (SegmentNames.Segment segment : mask.getValue().values()) {
                if (!seen.add(NamedMasks.plain(segment.name()))) {
                    return Optional.of("segments of one name are one class, such as several '" + segment.name()
                            + "' in " + mask.getKey().getFileName());
                }
            }
        }
        return Optional.empty();
    }

    /** A class that no mask has, and a name that no class has, may be meant to be the same. */
    private String doubt(List<String> others) {
        Set<String> there = names().stream().map(NamedMasks::plain).collect(Collectors.toSet());
        List<String> missing = classes.stream()
                .filter(name -> !there.contains(NamedMasks.plain(name)))
                .toList();
        return others.isEmpty() || missing.isEmpty()
                ? ""
                : "The masks name segments that are no classes (" + String.join(", ", others)
                        + "), and no mask names the class " + String.join(", ", missing)
                        + ". If these are the same, give the segments the names of the classes; otherwise remove the segments.";
    }
}
