package io.github.transfuse.batch;

import com.google.gson.stream.JsonWriter;
import io.github.transfuse.Segmentation;
import io.github.transfuse.labels.Outlines;
import io.github.transfuse.labels.Polygon;
import io.github.transfuse.measure.MeasureTable;
import io.github.transfuse.model.OutputSpec;
import java.io.IOException;
import java.io.Writer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What was found as GeoJSON that QuPath imports: a feature for each label of a plane, in pixels, with its holes, its class and
 * its measurements. Objects are detections, classes are annotations.
 */
final class GeoJson {
    private final Segmentation result;
    private final ObjectOutlines outlines;
    private final LabelClasses classes;
    private final MeasureTable table;
    private final Map<Place, MeasureTable.Row> rows = new HashMap<>();
    private final JsonWriter json;

    /** Where a label was measured; the slice is 0 where it reaches through the slices. */
    private record Place(long label, long slice, long frame) {}

    private GeoJson(Segmentation result, MeasureTable table, Writer out) {
        this.result = result;
        this.outlines = ObjectOutlines.of(result);
        this.classes = LabelClasses.of(result);
        this.table = table;
        this.json = new JsonWriter(out);
        for (MeasureTable.Row row : table.rows()) {
            boolean flat = row.measures().shape().isPresent();
            // Measured in other slices than those of the file, a label is another object
            if (!flat || !result.orientation().changesSlices()) {
                rows.put(new Place(row.measures().label(), flat ? row.slice() : 0, row.frame()), row);
            }
        }
    }

    /** Writes all features. */
    static void write(Segmentation result, MeasureTable table, Writer out) throws IOException {
        new GeoJson(result, table, out).write();
    }

    private void write() throws IOException {
        json.beginObject()
                .name("type")
                .value("FeatureCollection")
                .name("features")
                .beginArray();
        for (int plane = 0; plane < outlines.planes(); plane++) {
            for (Map.Entry<Long, List<Polygon>> label :
                    Polygon.of(outlines.plane(plane)).entrySet()) {
                json.beginObject()
                        .name("type")
                        .value("Feature")
                        .name("geometry")
                        .beginObject();
                geometry(label.getValue());
                plane(plane);
                json.endObject().name("properties").beginObject();
                properties(label.getKey(), plane);
                json.endObject().endObject();
            }
        }
        json.endArray().endObject();
        json.flush();
    }

    private void geometry(List<Polygon> polygons) throws IOException {
        boolean one = polygons.size() == 1;
        json.name("type").value(one ? "Polygon" : "MultiPolygon").name("coordinates");
        if (!one) {
            json.beginArray();
        }
        for (Polygon polygon : polygons) {
            json.beginArray();
            ring(polygon.outer());
            for (Outlines.Ring hole : polygon.holes()) {
                ring(hole);
            }
            json.endArray();
        }
        if (!one) {
            json.endArray();
        }
    }

    private void ring(Outlines.Ring ring) throws IOException {
        json.beginArray();
        int count = ring.x().length;
        for (int i = 0; i <= count; i++) {
            json.beginArray()
                    .value(ring.x()[i % count])
                    .value(ring.y()[i % count])
                    .endArray();
        }
        json.endArray();
    }

    /** As QuPath writes it, which is no part of GeoJSON. */
    private void plane(int plane) throws IOException {
        if (outlines.planes() > 1) {
            json.name("plane").beginObject();
            json.name("c").value(-1).name("z").value(plane % outlines.slices());
            json.name("t").value(plane / outlines.slices()).endObject();
        }
    }

    private void properties(long label, int plane) throws IOException {
        boolean objects = result.kind() != OutputSpec.Kind.CLASSES;
        json.name("objectType").value(objects ? "detection" : "annotation");
        json.name("name").value(outlines.names().apply(label));
        String name = classes.className(label);
        if (!name.isEmpty()) {
            json.name("classification").beginObject().name("name").value(name);
            json.name("color").beginArray();
            int color = color(objects ? 1 : label);
            for (int shift = 16; shift >= 0; shift -= 8) {
                json.value(color >> shift & 0xFF);
            }
            json.endArray().endObject();
        }
        Optional<MeasureTable.Row> row = row(label, plane);
        if (row.isPresent()) {
            measurements(row.get());
        }
    }

    private int color(long number) {
        List<OutputSpec.ClassSpec> known =
                result.provenance().model().spec().output().classes();
        return known.get((int) number - 1).color();
    }

    private Optional<MeasureTable.Row> row(long label, int plane) {
        long frame = plane / outlines.slices() + 1L;
        MeasureTable.Row flat = rows.get(new Place(label, plane % outlines.slices() + 1L, frame));
        return Optional.ofNullable(flat == null ? rows.get(new Place(label, 0, frame)) : flat);
    }

    private void measurements(MeasureTable.Row row) throws IOException {
        json.name("measurements").beginObject();
        List<Object> cells = table.cells(row);
        for (int i = 0; i < cells.size(); i++) {
            if (cells.get(i) instanceof Double number && Double.isFinite(number)) {
                json.name(table.columns().get(i)).value(number);
            }
        }
        json.endObject();
    }
}
