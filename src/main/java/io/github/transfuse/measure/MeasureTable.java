package io.github.transfuse.measure;

import io.github.transfuse.files.CsvCell;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The one table of measurements that hosts show and write: a row for each object or, in class maps, for each class.
 *
 * @param columns their names with units, such as {@code area_micron^2}
 * @param rows by part, and in a part by label
 * @param image name of the measured image
 */
public record MeasureTable(List<String> columns, List<Row> rows, String image) {
    /** As organs are measured in hospitals. */
    private static final String MILLILITRES = "volume_mL";

    private static final double CUBIC_MM = 1000;

    private static final List<String> AXES = List.of("x", "y", "z");
    private static final List<String> EXTENTS = List.of("width", "height", "depth");

    /** Copies the lists. */
    public MeasureTable {
        columns = List.copyOf(columns);
        rows = List.copyOf(rows);
    }

    /**
     * An object or a class.
     *
     * @param part the volume or the plane that it lies in, from 1: slices first, then frames
     * @param className its class; may be empty
     * @param slice of the plane that it lies in, from 1; 1 where it reaches through the slices
     * @param frame from 1
     * @param measures its numbers
     */
    public record Row(long part, String className, long slice, long frame, ObjectMeasures measures) {}

    /**
     * Measures an image, part by part.
     *
     * @throws IllegalArgumentException if labels and image have different sizes
     */
    public static MeasureTable of(MeasuredImage image) {
        boolean solid = image.objectAxes() == 3;
        long slices = solid ? 1 : Math.max(1, image.slices());
        List<Row> rows = new ArrayList<>();
        for (long i = 0; i < image.parts(); i++) {
            for (ObjectMeasures object : image.part(i)) {
                String name = image.classes().apply(object.label());
                rows.add(new Row(i + 1, name, i % slices + 1, i / slices + 1, object));
            }
        }
        List<String> channels =
                image.channels().map(MeasuredImage.Channels::names).orElse(List.of());
        return new MeasureTable(columns(solid, image.grid().unit(), channels), rows, image.name());
    }

    private static List<String> columns(boolean solid, String unit, List<String> channels) {
        List<String> columns = new ArrayList<>(List.of("part", "label", "class"));
        columns.addAll(
                solid
                        ? List.of("voxels", "volume_" + unit + "^3", "surface_" + unit + "^2")
                        : List.of("pixels", "area_" + unit + "^2", "perimeter_" + unit));
        if (!solid) {
            columns.add("slice");
        }
        columns.add("frame");
        int axes = solid ? 3 : 2;
        AXES.subList(0, axes).forEach(axis -> columns.add(axis + "_" + unit));
        AXES.subList(0, axes).forEach(axis -> columns.add("b" + axis + "_" + unit));
        EXTENTS.subList(0, axes).forEach(extent -> columns.add(extent + "_" + unit));
        if (!solid) {
            columns.addAll(List.of("circularity", "feret_" + unit, "min_feret_" + unit, "solidity"));
        }
        for (String channel : channels) {
            String of = channel.isEmpty() ? "" : "_" + channel;
            columns.addAll(List.of("mean" + of, "sd" + of, "min" + of, "max" + of));
        }
        if (solid && unit.equals("mm")) {
            columns.add(MILLILITRES);
        }
        columns.add("image");
        return columns;
    }

    /**
     * A row in the order of the columns.
     *
     * @return each a {@code Long}, {@code Double} or {@code String}
     */
    public List<Object> cells(Row row) {
        ObjectMeasures of = row.measures;
        List<Object> cells =
                new ArrayList<>(List.of(row.part, of.label(), row.className, of.pixels(), of.size(), of.border()));
        of.shape().ifPresent(shape -> cells.add(row.slice));
        cells.add(row.frame);
        for (double[] places : List.of(of.centroid(), of.corner(), of.extent())) {
            for (double place : places) {
                cells.add(place);
            }
        }
        of.shape()
                .ifPresent(shape ->
                        cells.addAll(List.of(shape.circularity(), shape.feret(), shape.minFeret(), shape.solidity())));
        for (Intensity channel : of.channels()) {
            cells.addAll(List.of(channel.mean(), channel.sd(), channel.min(), channel.max()));
        }
        if (columns.contains(MILLILITRES)) {
            cells.add(of.size() / CUBIC_MM);
        }
        cells.add(image);
        return cells;
    }

    /** In one line: how many there are, and the median of their areas or volumes. */
    public String summary(String one, String many) {
        if (rows.isEmpty()) {
            return "no " + many;
        }
        double[] sizes =
                rows.stream().mapToDouble(row -> row.measures.size()).sorted().toArray();
        double median = (sizes[(sizes.length - 1) / 2] + sizes[sizes.length / 2]) / 2;
        String[] measure = columns.get(4).split("_", 2);
        return String.format(
                Locale.ROOT,
                "%,d %s, median %s %.4g %s",
                sizes.length,
                sizes.length == 1 ? one : many,
                measure[0],
                median,
                measure[1]);
    }

    /** Writes comma-separated values, row by row: a line of names, then the rows. */
    public void writeCsv(Appendable out) throws IOException {
        out.append(columns.stream().map(CsvCell::of).collect(Collectors.joining(",")))
                .append('\n');
        for (Row row : rows) {
            out.append(cells(row).stream().map(MeasureTable::text).collect(Collectors.joining(",")))
                    .append('\n');
        }
    }

    private static String text(Object cell) {
        return cell instanceof Double number ? String.format(Locale.ROOT, "%.6g", number) : CsvCell.of(cell.toString());
    }
}
