package io.github.transfuse.slide;

import io.github.transfuse.labels.LabelMeans;
import io.github.transfuse.model.OutputSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.Polygonal;
import org.locationtech.jts.geom.prep.PreparedGeometry;
import org.locationtech.jts.geom.prep.PreparedGeometryFactory;

/** Makes objects of labels: one of each class, or one of each instance. */
public record ObjectsOfResult(OutputSpec output, SlideInfo slide, SlideOptions options) {
    /** Name of the measurement. */
    public static final String PROBABILITY = "TransFuse: mean probability";

    /**
     * Makes them.
     *
     * @param found the labels
     * @param shapes of these labels, in slide coordinates
     * @param inside only what lies in it is kept; empty: everything
     */
    List<FoundObject> from(FoundLabels found, Map<Long, Geometry> shapes, Optional<Geometry> inside) {
        boolean classes = found.kind() == OutputSpec.Kind.CLASSES;
        Map<Long, LabelMeans> means = found.means();
        Optional<PreparedGeometry> area = inside.map(PreparedGeometryFactory::prepare);
        List<FoundObject> objects = new ArrayList<>();
        shapes.forEach((label, shape) -> {
            Geometry kept = classes ? clipped(shape, inside) : whole(shape, area);
            if (!kept.isEmpty() && kept instanceof Polygonal) {
                Optional<LabelMeans> mean = Optional.ofNullable(means.get(label));
                int index = classes ? (int) (label - 1) : classOf(mean);
                objects.add(new FoundObject(kept, output.classes().get(index), measurements(kept, mean, index)));
            }
        });
        return objects;
    }

    /** The part of a class within the shape. */
    private static Geometry clipped(Geometry shape, Optional<Geometry> inside) {
        if (inside.isEmpty() || inside.get().covers(shape)) {
            return shape;
        }
        Geometry common = shape.intersection(inside.get());
        // shapes that only touch leave points and lines
        return common instanceof Polygonal ? common : common.buffer(0);
    }

    /** An instance belongs to the shape that holds its inner point; it is not cut. */
    private static Geometry whole(Geometry shape, Optional<PreparedGeometry> inside) {
        boolean kept = inside.isEmpty() || inside.get().covers(shape.getInteriorPoint());
        return kept ? shape : shape.getFactory().createPolygon();
    }

    /** The class with the largest mean probability; background is class 0 of networks with several outputs. */
    private int classOf(Optional<LabelMeans> mean) {
        int best = 0;
        if (output.kind() != OutputSpec.Kind.BOUNDARY_INSTANCES
                && output.classes().size() > 1
                && mean.isPresent()) {
            double[] p = mean.get().means();
            for (int k = 2; k < p.length; k++) {
                best = p[k] > p[best + 1] ? k - 1 : best;
            }
        }
        return best;
    }

    private Map<String, Double> measurements(Geometry shape, Optional<LabelMeans> mean, int index) {
        Map<String, Double> values = new LinkedHashMap<>();
        if (options.measures()) {
            mean.ifPresent(m -> values.put(PROBABILITY, probability(m.means(), index)));
            String unit = slide.pixel().isPresent() ? "µm^2" : "px^2";
            values.put("TransFuse: area " + unit, shape.getArea() * slide.pixelArea());
        }
        return values;
    }

    private static double probability(double[] means, int index) {
        return means.length == 1 ? means[0] : means[index + 1];
    }
}
