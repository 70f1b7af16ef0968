package io.github.transfuse.slide;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.GeometryFactory;

/** What there is to learn is told before it is learned. */
class TrainingCountsTest {
    private static Drawing box(String kind, double x, double side, Drawing.Maker maker) {
        Envelope box = new Envelope(x, x + side, 0, side);
        return new Drawing(kind, 0, new GeometryFactory().toGeometry(box), RegionReader.Plane.FIRST, maker);
    }

    private static Drawing box(String kind, double x, double side) {
        return box(kind, x, side, Drawing.Maker.PERSON);
    }

    private static TrainingCounts counts(boolean sparse, Drawing... drawings) {
        SlideInfo slide = new SlideInfo("s", 2000, 2000, 3, true, SlideInfo.Pixel.square(0.25));
        return TrainingCounts.of(
                List.of(new SlidePieces(slide, request -> Optional.empty(), List.of(drawings), 0.5)), sparse);
    }

    private static final Drawing[] DRAWINGS = {
        box("Training", 0, 300),
        box("Validation", 300, 300),
        box("Nucleus", 10, 20),
        box("Nucleus", 40, 20, Drawing.Maker.PROGRAM),
        box("Nucleus", 70, 20, Drawing.Maker.CORRECTED),
        box("Nucleus", 310, 20, Drawing.Maker.PROGRAM),
        box("Nucleus", 700, 20),
        box("Ignore*", 20, 20),
        box("Background", 100, 20)
    };

    @Test
    void countsEachClassInTheRegions() {
        TrainingCounts counts = counts(true, DRAWINGS);
        assertEquals(
                List.of(
                        "Nucleus: 1 annotation, 3 detections (1 corrected by you); 1 of them judge.",
                        "1 region to learn from, 1 to judge by."),
                counts.sentences(Learned.OBJECTS).subList(0, 2));
        assertEquals(List.of(10.0, 10.0, 10.0, 10.0), counts.lengths());
        assertEquals(Learned.OBJECTS, counts.fitting());
        assertEquals(2, counts(false, DRAWINGS).classes().size(), "not sparse, Background is a class as others");
    }

    /** Strokes of background are there to say where nothing is. */
    @Test
    void backgroundIsNoObject() {
        String told = counts(false, DRAWINGS).sentences(Learned.OBJECTS).get(3);
        assertTrue(told.contains("Background are no objects"), told);
        assertFalse(told.contains("All classes are learned as one"), told);
        assertEquals(Learned.OBJECTS, counts(false, DRAWINGS).fitting());
        String areas = counts(false, DRAWINGS).sentences(Learned.AREAS).get(3);
        assertTrue(areas.endsWith("choose objects for that."), areas);
        assertFalse(
                counts(true, DRAWINGS).sentences(Learned.OBJECTS).get(2).contains("Background"), "it is not counted");
    }

    /** What lies in a corner around a round region is not in it. */
    @Test
    void whatLiesBesideARoundRegionIsNotCounted() {
        Drawing box = box("Training", 0, 300);
        Drawing round = new Drawing("Training", 0, box.shape().getCentroid().buffer(150), box.plane());
        assertTrue(counts(false, round, box("Nucleus", 0, 20)).isEmpty());
        assertEquals(
                1,
                counts(false, round, box("Nucleus", 0, 20), box("Nucleus", 0, 200))
                        .classes()
                        .get("Nucleus")
                        .drawn());
    }

    @Test
    void saysWhatIsLearnedAndWhatElseCanBe() {
        List<String> one = new ArrayList<>();
        Drawing[] several = Arrays.copyOf(DRAWINGS, DRAWINGS.length + 1);
        several[DRAWINGS.length] = box("Tumor", 130, 20);
        for (Learned learned : Learned.values()) {
            one.add(counts(true, DRAWINGS).sentences(learned).get(2));
            one.add(counts(true, several).sentences(learned).get(3));
        }
        assertTrue(one.get(0).contains("told apart") && one.get(0).contains("choose areas"), one.get(0));
        assertTrue(one.get(1).contains("All classes are learned as one"), one.get(1));
        assertTrue(one.get(2).contains("choose objects"), one.get(2));
        assertTrue(one.get(3).contains("then all classes are learned as one"), one.get(3));
        TrainingCounts large = counts(false, box("Training", 0, 900), box("Tumor", 0, 700));
        assertEquals(Learned.AREAS, large.fitting());
        assertTrue(!large.sentences(Learned.AREAS).get(2).contains("choose objects"));
        assertTrue(counts(false, box("Training", 0, 900)).isEmpty());
        assertTrue(counts(false, box("Tumor", 0, 900)).isEmpty());
    }

    @Test
    void aPersonIsRightWhereAProgramFoundTheSame() {
        Drawing person = box("Nucleus", 0, 20);
        Drawing same = box("Nucleus", 5, 20, Drawing.Maker.PROGRAM);
        Drawing other = box("Nucleus", 15, 20, Drawing.Maker.PROGRAM);
        Drawing tissue = box("Tumor", 0, 500);
        List<Drawing> all = List.of(person, same, other, tissue);
        assertEquals(List.of(person, other, tissue), Drawings.withoutTwins(all));
        Drawing region = box("Training", 5, 22);
        assertEquals(List.of(region, same), Drawings.withoutTwins(List.of(region, same)));
    }
}
