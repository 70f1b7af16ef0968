package io.github.transfuse.measure;

import java.util.List;
import java.util.Optional;

/**
 * What is measured of an object, in the unit of its image.
 *
 * @param label its number
 * @param pixels pixels or voxels
 * @param size area or volume
 * @param border perimeter or surface
 * @param centroid mean of the centres of its pixels, along each axis
 * @param corner where its bounding box begins, along each axis
 * @param extent lengths of its bounding box
 * @param shape in planes only
 * @param channels a value for each channel; empty if there is no image
 */
public record ObjectMeasures(
        long label,
        long pixels,
        double size,
        double border,
        double[] centroid,
        double[] corner,
        double[] extent,
        Optional<FlatShape> shape,
        List<Intensity> channels) {}
