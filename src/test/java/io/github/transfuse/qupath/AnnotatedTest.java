package io.github.transfuse.qupath;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.transfuse.slide.Drawing;
import java.util.List;
import org.junit.jupiter.api.Test;
import qupath.lib.objects.PathObject;
import qupath.lib.objects.classes.PathClass;

/** Annotations count, detections as asked, and what has no class is counted. */
class AnnotatedTest {
    private final PathObject region = object(true, "Training", 0, 100);
    private final PathObject drawn = object(true, "Nucleus", 10, 20);
    private final PathObject found = object(false, "Nucleus", 30, 40);
    private final PathObject nameless = object(false, "", 50, 60);
    private final PathObject outside = object(false, "", 500, 600);

    private static PathObject object(boolean annotation, String name, double from, double to) {
        FakeObject object = new FakeObject();
        object.annotation = annotation;
        object.pathClass = name.isEmpty() ? null : named(name);
        object.outline = FakeObject.square(from, to);
        return object;
    }

    private static PathClass named(String name) {
        return new PathClass() {
            @Override
            public String toString() {
                return name;
            }

            @Override
            public Integer getColor() {
                return 0xff2060c0;
            }
        };
    }

    private Annotated of(String detections) {
        return Annotated.of(List.of(region, drawn), List.of(found, nameless, outside), detections);
    }

    @Test
    void detectionsCountAsAsked() {
        assertEquals(
                List.of(Drawing.Maker.PERSON, Drawing.Maker.PERSON, Drawing.Maker.PROGRAM),
                of("all").drawings().stream().map(Drawing::maker).toList());
        assertEquals(2, of("corrected").drawings().size());
        assertEquals(2, of("none").drawings().size());
        assertEquals(0x2060c0, of("none").drawings().get(1).color());
    }

    @Test
    void whatHasNoClassInARegionIsCounted() {
        assertEquals(1, of("all").nameless());
        assertEquals(0, of("none").nameless());
        new FakeObject().below((FakeObject) nameless);
        assertEquals(0, of("all").nameless(), "it is drawn around others");
    }

    /** QuPath's class of what lies around others, such as a tissue: what is in it is background, not left out. */
    @Test
    void whatIsDrawnAroundAllCountsForNothing() {
        PathObject around = object(true, "Region*", 0, 1000);
        PathObject ignored = object(true, "Ignore*", 60, 70);

        List<Drawing> drawings = Annotated.of(List.of(around, region, drawn, ignored), List.of(), "all")
                .drawings();

        assertEquals(
                List.of("Training", "Nucleus", "Ignore*"),
                drawings.stream().map(Drawing::kind).toList());
    }

    @Test
    void detectionsThatAUserChangedAreCorrected() {
        FakeObject detection = (FakeObject) found;
        // as a run of a model marks it; the look is another one now
        detection.metadata.put("_TransFuse", "0123456789abcdef parent another-look nuclei");
        assertEquals(Drawing.Maker.CORRECTED, of("corrected").drawings().get(2).maker());
    }
}
