package io.github.transfuse.slide;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.transfuse.TransFuse;
import io.github.transfuse.batch.BatchListener;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;

/** The bundled network finds in annotations what it finds in the whole image. */
class SameNucleiTest {
    private static final GeometryFactory FACTORY = new GeometryFactory();

    private final DrawnSlide slide = DrawnSlide.ofCells(620, 470, 150, 5);
    private final SlideInfo info = slide.info();

    private static Set<String> texts(List<FoundObject> objects) {
        return objects.stream()
                .map(object -> object.shape().norm().toText() + " " + object.measurements())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void nucleiOfAnnotationsAreThoseOfTheImage() throws IOException {
        try (TransFuse model = TransFuse.load("nuclei").device("cpu")) {
            SlideRun run = new SlideRun(model, slide, info, SlideOptions.DEFAULT);
            List<FoundObject> all = run.segment(
                            SlideRegion.all(info, RegionReader.Plane.FIRST), Optional.empty(), BatchListener.NONE)
                    .objects();
            assertTrue(all.size() > 50, () -> all.size() + " nuclei");
            Geometry band = FACTORY.createLineString(new Coordinate[] {
                        new Coordinate(-20, 400), new Coordinate(300, 60), new Coordinate(640, 130)
                    })
                    .buffer(30);
            Geometry box = FACTORY.createPoint(new Coordinate(333, 241))
                    .buffer(90.5, 1)
                    .getEnvelope();
            for (Geometry shape : List.of(band, box)) {
                List<FoundObject> expected = all.stream()
                        .filter(object -> shape.contains(object.shape().getCentroid()))
                        .toList();
                SlideRun.Outcome found = run.segment(
                        SlideRegion.around(shape.getEnvelopeInternal(), info, RegionReader.Plane.FIRST),
                        Optional.of(shape),
                        BatchListener.NONE);
                assertTrue(expected.size() > 8, () -> expected.size() + " nuclei");
                assertEquals(texts(expected), texts(found.objects()));
            }
        }
    }
}
