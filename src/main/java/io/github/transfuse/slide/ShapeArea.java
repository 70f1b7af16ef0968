package io.github.transfuse.slide;

import io.github.transfuse.inference.AreaOfInterest;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.geom.prep.PreparedGeometry;
import org.locationtech.jts.geom.prep.PreparedGeometryFactory;

/**
 * The parts of a region that lie in or near a shape: an annotation rarely fills the rectangle around it.
 *
 * @param shape in slide coordinates
 * @param region around it
 * @param margin what is as near as this is computed too, in slide coordinates
 */
record ShapeArea(PreparedGeometry shape, SlideRegion region, double margin) implements AreaOfInterest {
    private static final GeometryFactory FACTORY = new GeometryFactory();

    static AreaOfInterest of(Geometry shape, SlideRegion region, double margin) {
        return shape.isRectangle() ? ALL : new ShapeArea(PreparedGeometryFactory.prepare(shape), region, margin);
    }

    @Override
    public boolean touches(double left, double top, double right, double bottom) {
        Envelope near = new Envelope(
                region.x() + left * region.width(),
                region.x() + right * region.width(),
                region.y() + top * region.height(),
                region.y() + bottom * region.height());
        near.expandBy(margin);
        return shape.intersects(FACTORY.toGeometry(near));
    }
}
