package io.github.transfuse.training;

import io.github.transfuse.image.SegmentNames;
import io.github.transfuse.model.OutputSpec;
import io.github.transfuse.samples.SamplesException;
import io.github.transfuse.samples.ScanFolders;
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
 * The classes of masks that 3D Slicer has written, or that are segmentations in DICOM: their names are in the files. Slicer numbers segments in the order in
 * which they were made, so that one name may have another value in each file: such masks are refused, for values are what is
 * learned.
 */
final class SegmentClasses {
    private SegmentClasses() {}

    /**
     * The classes of all masks of a folder together.
     *
     * @return in the order of their values; empty if not all masks are of 3D Slicer, or values are left out
     * @throws SamplesException if a value has two names, or a name two values
     */
    static Optional<List<OutputSpec.ClassSpec>> in(Path masks) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.isDirectory(masks) ? Files.list(masks) : Stream.of(masks)) {
            files = all.sorted().toList();
        }
        Map<Integer, SegmentNames.Segment> known = new TreeMap<>();
        Map<String, Integer> values = new TreeMap<>();
        for (Path file : files) {
            Path mask = ScanFolders.only(file);
            if (!SegmentNames.is(mask)) {
                continue;
            }
            for (var segment : SegmentNames.of(mask).entrySet()) {
                SegmentNames.Segment before = known.putIfAbsent(segment.getKey(), segment.getValue());
                String name = segment.getValue().name();
                Integer value = values.putIfAbsent(name, segment.getKey());
                boolean same = before == null || before.name().equals(name);
                if (!same || (value != null && !value.equals(segment.getKey()))) {
                    throw new SamplesException("The segment '" + name + "' has the value " + segment.getKey() + " in "
                            + file.getFileName() + ", but in another mask "
                            + (same ? "the value " + value : "that is '" + before.name() + "'")
                            + ". Give the segments the same values in all files, for instance by exporting them in 3D"
                            + " Slicer as labelmaps with one colour table.");
                }
            }
        }
        List<OutputSpec.ClassSpec> classes = new ArrayList<>();
        known.forEach((value, segment) -> classes.add(new OutputSpec.ClassSpec(
                segment.name(), segment.color() == SegmentNames.GREY ? ClassList.color(value) : segment.color())));
        boolean whole = known.keySet().stream().reduce(0, Math::max) == known.size();
        return classes.isEmpty() || !whole ? Optional.empty() : Optional.of(classes);
    }
}
