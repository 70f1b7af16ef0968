package io.github.transfuse.slide;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;

/** Shapes become mask values at the place and scale of their region. */
class MaskPainterTest {
    private static final GeometryFactory FACTORY = new GeometryFactory();

    private static Geometry box(double x0, double x1, double y0, double y1) {
        return FACTORY.toGeometry(new Envelope(x0, x1, y0, y1));
    }

    @Test
    void paintsInRegionCoordinates() {
        SlideRegion region = new SlideRegion(1000, 2000, 80, 40, RegionReader.Plane.FIRST);
        MaskPainter mask = new MaskPainter(region, 40, 20, 0);
        mask.paint(box(1000, 1020, 2000, 2040), 1);
        mask.paint(box(1010, 1030, 2000, 2020).difference(box(1014, 1018, 2004, 2008)), 200);

        assertEquals(1, sample(mask, 0, 19));
        assertEquals(1, sample(mask, 9, 15));
        assertEquals(200, sample(mask, 9, 9));
        assertEquals(200, sample(mask, 14, 0));
        assertEquals(1, sample(mask, 8, 3));
        assertEquals(0, sample(mask, 15, 0));
        assertEquals(0, sample(mask, 39, 19));
    }

    private static int sample(MaskPainter mask, int x, int y) {
        return mask.image().getRaster().getSample(x, y, 0);
    }
}
