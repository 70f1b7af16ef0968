package io.github.transfuse.slide;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.transfuse.model.OutputSpec;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;

/** New objects are left out where objects that stay are. */
class KeptShapesTest {
    private static final GeometryFactory FACTORY = new GeometryFactory();
    private static final OutputSpec.ClassSpec DISC = new OutputSpec.ClassSpec("disc", 0);

    private static Geometry box(double left, double right) {
        return FACTORY.toGeometry(new Envelope(left, right, 0, 10));
    }

    private static FoundObject found(Geometry shape) {
        return new FoundObject(
                shape, DISC, Map.of(ObjectsOfResult.PROBABILITY, 0.9, "TransFuse: area µm^2", shape.getArea() / 4));
    }

    private static Optional<FoundObject> free(Geometry kept, Geometry shape) {
        return new KeptShapes(List.of(kept)).free(found(shape));
    }

    /** A kept box from 0 to 10: shifted, in one that was joined, around one that was cut. */
    @ParameterizedTest
    @CsvSource({
        "0, 10, false",
        "4.9, 14.9, false",
        "5.1, 15.1, true",
        "2, 4, false",
        "-20, 40, false",
        "9, 11, false",
        "8.9, 12, true",
        "10, 20, true"
    })
    void halfOfTheSmallerOneDecides(double left, double right, boolean free) {
        assertEquals(free, free(box(0, 10), box(left, right)).isPresent());
    }

    @Test
    void onlyPiecesOfAClassAreLeftOut() {
        FoundObject rest = free(box(0, 10), box(1, 11).union(box(50, 80))).orElseThrow();

        assertTrue(rest.shape().equalsTopo(box(50, 80)), rest.shape().toText());
        assertEquals(Map.of("TransFuse: area µm^2", 75.0), rest.measurements(), "the probability was that of both");
    }

    @Test
    void whatIsFreeIsAsItWas() {
        FoundObject found = found(box(50, 60).union(box(70, 80)));

        assertEquals(Optional.of(found), new KeptShapes(List.of(box(0, 10))).free(found));
        assertEquals(Optional.of(found), new KeptShapes(List.of()).free(found));
    }

    /** Corners that were dragged across each other. */
    @Test
    void keptShapesMayCrossThemselves() {
        Geometry bow = FACTORY.createPolygon(new Coordinate[] {
            new Coordinate(0, 0),
            new Coordinate(10, 10),
            new Coordinate(10, 0),
            new Coordinate(0, 10),
            new Coordinate(0, 0)
        });

        assertTrue(free(bow, box(0, 10)).isEmpty());
    }
}
