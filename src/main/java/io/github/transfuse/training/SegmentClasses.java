package io.github.transfuse.training;

import io.github.transfuse.image.SegmentNames;
import io.github.transfuse.model.OutputSpec;
import io.github.transfuse.samples.SamplesException;
import io.github.transfuse.samples.ScanFolders;
import io.github.transfuse.samples.SegmentSurvey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The classes of masks that 3D Slicer has written, or that are segmentations in DICOM: their names are in the files. Slicer
 * numbers segments in the order in which they were made, so that one name may have another value in each file: then classes
 * are numbered in the order in which their names come.
 */
final class SegmentClasses {
    private SegmentClasses() {}

    /** Those of the masks in a folder that name their values; other files are not looked at. */
    static Optional<List<OutputSpec.ClassSpec>> in(Path masks) throws IOException {
        List<Path> files = new ArrayList<>();
        try (Stream<Path> all = Files.isDirectory(masks) ? Files.list(masks) : Stream.of(masks)) {
            for (Path file : all.sorted().toList()) {
                Path mask = ScanFolders.only(file);
                if (SegmentNames.is(mask)) {
                    files.add(mask);
                }
            }
        }
        return of(files, true);
    }

    /**
     * The classes of all masks together.
     *
     * @param required whether it matters which class is which
     * @return in the order of their numbers; empty if no mask names any, or if some masks do not and numbers are left out
     * @throws SamplesException if masks number their segments differently and others name none, so that their numbers say
     *     nothing
     */
    static Optional<List<OutputSpec.ClassSpec>> of(List<Path> masks, boolean required) throws IOException {
        SegmentSurvey survey = SegmentSurvey.of(masks);
        if (survey.named().isEmpty()) {
            return Optional.empty();
        }
        boolean agree = survey.agrees();
        boolean others = !survey.unnamed().isEmpty();
        if (!agree && others && required) {
            throw new SamplesException("The masks number their segments differently ("
                    + survey.contradiction().orElse("")
                    + "), and others, such as " + survey.unnamed().get(0).getFileName()
                    + ", name none, so that it cannot be"
                    + " told which classes they hold. Give all masks names, or list the classes in classes.txt beside the"
                    + " folder of masks, in the order of the numbers in those without names.");
        }
        Map<Integer, SegmentNames.Segment> values = new TreeMap<>();
        survey.named().values().forEach(segments -> segments.forEach(values::putIfAbsent));
        boolean whole = values.keySet().stream().reduce(0, Math::max) == values.size();
        if (others && !(agree && whole)) {
            return Optional.empty();
        }
        return Optional.of(classes(agree ? List.copyOf(values.values()) : inOrder(survey)));
    }

    /** One of each name. */
    private static List<SegmentNames.Segment> inOrder(SegmentSurvey survey) {
        List<SegmentNames.Segment> all = survey.named().values().stream()
                .flatMap(segments -> segments.values().stream())
                .toList();
        return survey.counts().keySet().stream()
                .map(name -> all.stream()
                        .filter(segment -> segment.name().equals(name))
                        .findFirst()
                        .orElseThrow())
                .toList();
    }

    private static List<OutputSpec.ClassSpec> classes(List<SegmentNames.Segment> segments) {
        List<OutputSpec.ClassSpec> classes = new ArrayList<>();
        for (SegmentNames.Segment segment : segments) {
            int color = segment.color() == SegmentNames.GREY ? ClassList.color(classes.size() + 1) : segment.color();
            classes.add(new OutputSpec.ClassSpec(segment.name(), color));
        }
        return classes;
    }
}
