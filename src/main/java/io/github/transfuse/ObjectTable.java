package io.github.transfuse;

import io.github.transfuse.image.Axis;
import io.github.transfuse.image.Lengths;
import io.github.transfuse.labels.ObjectSizes;
import io.github.transfuse.model.OutputSpec;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The sizes of what was found, as CSV: volumes and surfaces where labels reach through the slices, areas and perimeters in
 * planes. Class maps have a row for each class.
 */
final class ObjectTable {
    private ObjectTable() {}

    /** One row for each label of each plane or volume, which are counted from 1. */
    static String csv(Segmentation result, int axes) {
        List<Axis> along = result.axes().subList(0, axes);
        String unit = along.get(0).unit();
        double[] calibration = along.stream()
                .mapToDouble(
                        axis -> axis.size() * Lengths.factor(axis.unit(), unit).orElse(1))
                .toArray();
        String names = axes == 3
                ? "voxels,volume_" + unit + "^3,surface_" + unit + "^2"
                : "pixels,area_" + unit + "^2,perimeter_" + unit;
        StringBuilder csv = new StringBuilder("part,label,class," + names + "\n");
        Parts parts = new Parts(result.labels().dimensionsAsLongArray(), axes);
        for (long i = 0; i < parts.count(); i++) {
            for (ObjectSizes.ObjectSize row : ObjectSizes.of(parts.part(result.labels(), i), calibration)) {
                csv.append(String.format(
                        Locale.ROOT,
                        "%d,%d,%s,%d,%.6g,%.6g\n",
                        i + 1,
                        row.label(),
                        className(result, row.label()),
                        row.pixels(),
                        row.size(),
                        row.border()));
            }
        }
        return csv.toString();
    }

    private static String className(Segmentation result, long label) {
        List<OutputSpec.ClassSpec> classes =
                result.provenance().model().spec().output().classes();
        boolean named = result.kind() == OutputSpec.Kind.CLASSES && label <= classes.size();
        String name = named
                ? classes.get((int) label - 1).name()
                : classes.stream().map(OutputSpec.ClassSpec::name).limit(1).collect(Collectors.joining());
        return '"' + name.replace("\"", "\"\"") + '"';
    }
}
