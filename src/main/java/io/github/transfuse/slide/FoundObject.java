package io.github.transfuse.slide;

import io.github.transfuse.model.OutputSpec;
import java.util.Map;
import org.locationtech.jts.geom.Geometry;

/**
 * A segmented object, or all of a class.
 *
 * @param shape in pixels of the slide
 * @param kind its class
 * @param measurements by name
 */
public record FoundObject(Geometry shape, OutputSpec.ClassSpec kind, Map<String, Double> measurements) {}
