package io.github.transfuse.slide;

import io.github.transfuse.labels.LabelMeans;
import io.github.transfuse.model.OutputSpec;
import io.github.transfuse.settings.Keys;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.Polygonal;

/** Makes objects of labels: one of each class, or one of each instance. */
public record ObjectsOfResult(OutputSpec output, SlideInfo slide, SlideOptions options) {
    /** Name of the measurement. */
    public static final String PROBABILITY = "TransFuse: mean probability";

    /**
     * Makes them.
     *
     * @param found the labels
     * @param shapes of these labels, in slide coordinates
     * @param wanted of classes the part that lies in it is kept, of instances those that it owns
     */
    List<FoundObject> from(RegionLabels found, Map<Long, Geometry> shapes, WantedShape wanted) {
        boolean classes = found.kind() == OutputSpec.Kind.CLASSES;
        Map<Long, LabelMeans> means = found.means();
        List<FoundObject> objects = new ArrayList<>();
        shapes.forEach((label, shape) -> {
            if (!classes && !wanted.owns(shape)) {
                return;
            }
            Geometry kept = options.borders().kept(shape, wanted, classes);
            if (!kept.isEmpty() && kept instanceof Polygonal && (classes || isLarge(kept))) {
                Optional<LabelMeans> mean = Optional.ofNullable(means.get(label));
                int index = classes ? (int) (label - 1) : classOf(mean);
                objects.add(new FoundObject(kept, output.classes().get(index), measurements(kept, mean, index)));
            }
        });
        return objects;
    }

    /** The outline of an object is a little smaller than its pixels, and may be cut. */
    private boolean isLarge(Geometry shape) {
        return shape.getArea() * slide.pixelArea()
                >= options.settings().get(Keys.MIN_AREA).orElse(0.0);
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

    /** Of the class; of objects with a boundary, that it is no background. */
    private double probability(double[] means, int index) {
        if (output.kind() == OutputSpec.Kind.BOUNDARY_INSTANCES) {
            return 1 - means[0];
        }
        return means.length == 1 ? means[0] : means[index + 1];
    }
}
