package io.github.transfuse.batch;

import io.github.transfuse.Segmentation;
import io.github.transfuse.files.CsvCell;
import io.github.transfuse.image.Axis;
import io.github.transfuse.image.Lengths;
import io.github.transfuse.image.UnsupportedImageException;
import io.github.transfuse.inference.Parts;
import io.github.transfuse.labels.ObjectSizes;
import io.github.transfuse.model.OutputSpec;
import io.github.transfuse.segmentation.ObjectRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The sizes of what was found: volumes and surfaces where labels reach through the slices, areas and perimeters in
 * planes. Class maps have a row for each class.
 *
 * @param columns names of the columns, with units, such as {@code volume_mm^3}: part, label, class, voxels or pixels,
 *     volume or area, surface or perimeter
 * @param rows by part, and in a part by label
 */
public record ObjectTable(List<String> columns, List<Row> rows) {

    /** Copies the lists. */
    public ObjectTable {
        columns = List.copyOf(columns);
        rows = List.copyOf(rows);
    }

    /**
     * An object or a class.
     *
     * @param part the volume, or the plane, that it lies in: from 1
     * @param className its class
     * @param size its label and measures, in the units of the columns
     */
    public record Row(long part, String className, ObjectSizes.ObjectSize size) {}

    /**
     * Measures a result.
     *
     * @throws UnsupportedImageException if the connectivity of its settings does not fit its axes
     */
    public static ObjectTable of(Segmentation result) throws UnsupportedImageException {
        ObjectRules rules =
                ObjectRules.of(result.labelImage("labels"), result.provenance().settings());
        // slices that objects were found in are those of the model
        List<Axis> along = result.orientation().apply(result.axes()).subList(0, rules.axes());
        var labels = result.orientation().apply(result.labels());
        String unit = along.get(0).unit();
        double[] calibration = Lengths.inUnitOfFirst(along);
        List<Row> rows = new ArrayList<>();
        Parts parts = new Parts(labels.dimensionsAsLongArray(), rules.axes());
        for (long i = 0; i < parts.count(); i++) {
            for (ObjectSizes.ObjectSize size : ObjectSizes.of(parts.part(labels, i), calibration)) {
                rows.add(new Row(i + 1, className(result, size.label()), size));
            }
        }
        return new ObjectTable(columns(rules.axes(), unit), rows);
    }

    private static List<String> columns(int axes, String unit) {
        return axes == 3
                ? List.of("part", "label", "class", "voxels", "volume_" + unit + "^3", "surface_" + unit + "^2")
                : List.of("part", "label", "class", "pixels", "area_" + unit + "^2", "perimeter_" + unit);
    }

    private static String className(Segmentation result, long label) {
        List<OutputSpec.ClassSpec> classes =
                result.provenance().model().spec().output().classes();
        boolean named = result.kind() == OutputSpec.Kind.CLASSES && label <= classes.size();
        return named
                ? classes.get((int) label - 1).name()
                : classes.stream().map(OutputSpec.ClassSpec::name).limit(1).collect(Collectors.joining());
    }

    /** As comma-separated values, names of classes in quotes. */
    String csv() {
        StringBuilder csv = new StringBuilder(String.join(",", columns)).append('\n');
        for (Row row : rows) {
            csv.append(String.format(
                    Locale.ROOT,
                    "%d,%d,%s,%d,%.6g,%.6g\n",
                    row.part,
                    row.size.label(),
                    CsvCell.of(row.className),
                    row.size.pixels(),
                    row.size.size(),
                    row.size.border()));
        }
        return csv.toString();
    }
}
