package io.github.transfuse.slide;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.transfuse.model.OutputSpec;
import io.github.transfuse.settings.Keys;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.imglib2.img.array.ArrayImgs;
import org.junit.jupiter.api.Test;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;

/** What is measured of an object, and which are left out. */
class ObjectsOfResultTest {
    private static final SlideInfo SLIDE =
            new SlideInfo("slide", 2, 1, 3, true, Optional.of(new SlideInfo.Pixel(0.5, 0.25)));

    /** Two pixels: background 0.1 and 0.3, interior 0.5 and 0.2. */
    private static final RegionLabels FOUND = new RegionLabels(
            ArrayImgs.unsignedBytes(new byte[] {1, 1}, 2, 1),
            Optional.of(ArrayImgs.floats(new float[] {0.1f, 0.3f, 0.5f, 0.2f, 0.4f, 0.5f}, 2, 1, 3)),
            OutputSpec.Kind.BOUNDARY_INSTANCES);

    private static List<FoundObject> objects(SlideOptions options) {
        OutputSpec output = new OutputSpec(
                List.of(new OutputSpec.ClassSpec("nucleus", 0)), OutputSpec.Kind.BOUNDARY_INSTANCES, 0.5, 0, false);
        Geometry shape = new GeometryFactory().toGeometry(new Envelope(0, 2, 0, 1));
        WantedShape all = WantedShape.of(SlideRegion.all(SLIDE, RegionReader.Plane.FIRST), Optional.empty(), SLIDE);
        return new ObjectsOfResult(output, SLIDE, options).from(FOUND, Map.of(1L, shape), all);
    }

    @Test
    void theProbabilityOfATouchingObjectIsThatItIsNoBackground() {
        Map<String, Double> measured = objects(SlideOptions.DEFAULT).get(0).measurements();

        assertEquals(0.8, measured.get(ObjectsOfResult.PROBABILITY), 1e-6);
        assertEquals(0.25, measured.get("TransFuse: area µm^2"), 1e-12);
    }

    @Test
    void outlinesBelowTheAreaAreLeftOut() {
        assertEquals(1, objects(SlideOptions.DEFAULT.with(Keys.MIN_AREA, 0.25)).size());
        assertTrue(objects(SlideOptions.DEFAULT.with(Keys.MIN_AREA, 0.26)).isEmpty());
    }
}
