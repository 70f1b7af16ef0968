package io.github.transfuse.slide;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;

/** Some of what is annotated judges, whatever was drawn, and nothing is learned and judges at once. */
class JudgingRegionsTest {
    private static final GeometryFactory FACTORY = new GeometryFactory();

    private static Drawing box(String kind, double x, double y, double width, double height) {
        Envelope box = new Envelope(x, x + width, y, y + height);
        return new Drawing(kind, 0, FACTORY.toGeometry(box), RegionReader.Plane.FIRST);
    }

    private static double area(List<List<Drawing>> images, boolean judging) {
        return images.stream()
                .flatMap(List::stream)
                .filter(drawing -> drawing.isRegion() && drawing.isValidation() == judging)
                .mapToDouble(drawing -> drawing.shape().getArea())
                .sum();
    }

    @Test
    void whatTheUserSaidStays() {
        List<List<Drawing>> images =
                List.of(List.of(box("Training", 0, 0, 9, 9), box("Validation", 9, 9, 9, 9), box("cell", 1, 1, 1, 1)));
        JudgingRegions.Choice choice = new JudgingRegions(0.2).of(images);
        assertEquals(images, choice.images());
        assertEquals("", choice.sentence());
        assertEquals("", new JudgingRegions(0.2).of(List.of()).sentence());
    }

    @Test
    void ofFewRegionsAnEndJudges() {
        Drawing region = box("Training", 100, 50, 200, 100);
        Geometry round =
                FACTORY.toGeometry(new Envelope(500, 700, 0, 200)).getCentroid().buffer(100);
        List<Drawing> drawings =
                new ArrayList<>(List.of(region, new Drawing("Training", 0, round, RegionReader.Plane.FIRST)));
        // ten cells in a row: a fifth of them lies at an end of the longer side
        for (int i = 0; i < 10; i++) {
            drawings.add(box("cell", 105 + 20 * i, 80, 10, 10));
        }
        JudgingRegions.Choice choice = new JudgingRegions(0.2).of(List.of(drawings));

        double all = region.shape().getArea() + round.getArea();
        assertEquals(all, area(choice.images(), false) + area(choice.images(), true), 1e-6);
        List<Drawing> judging =
                choice.images().get(0).stream().filter(Drawing::isValidation).toList();
        List<Drawing> learned = choice.images().get(0).stream()
                .filter(drawing -> drawing.isRegion() && !drawing.isValidation())
                .toList();
        assertEquals(2, judging.size());
        for (Drawing part : judging) {
            assertTrue(learned.stream()
                    .allMatch(other -> other.shape().intersection(part.shape()).getArea() < 1e-9));
        }
        Geometry strip = judging.get(0).shape();
        assertEquals(0.2 * region.shape().getArea(), strip.getArea(), 1e-6);
        assertTrue(strip.isRectangle(), "what lies around a rectangle is not left out");
        assertEquals(
                2,
                drawings.stream()
                        .filter(drawing -> drawing.kind().equals("cell") && strip.contains(drawing.shape()))
                        .count());
        assertTrue(choice.sentence().contains("Validation"), choice.sentence());
    }

    @Test
    void ofManyRegionsSomeJudgeAsAWhole() {
        for (int count = JudgingRegions.MANY; count < 40; count += 3) {
            List<List<Drawing>> images = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                // every third region is empty
                Drawing cell = box("cell", 1, 1, 1, 1);
                images.add(
                        i % 3 == 0
                                ? List.of(box("Training", 0, 0, 10, 10))
                                : List.of(box("Training", 0, 0, 10, 10), cell));
            }
            JudgingRegions.Choice choice = new JudgingRegions(0.2).of(images);
            assertEquals(Math.ceil(count * 0.2), area(choice.images(), true) / 100, 1.01, count + " regions");
            assertEquals(count * 100, area(choice.images(), false) + area(choice.images(), true), 1e-6);
            assertTrue(choice.images().stream()
                    .filter(drawings -> drawings.stream().anyMatch(Drawing::isValidation))
                    .allMatch(drawings -> drawings.size() == 2));
            assertEquals(choice, new JudgingRegions(0.2).of(images));
        }
        List<List<Drawing>> equal = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            equal.add(List.of(box("Training", 0, 0, 10, 10)));
        }
        assertFalse(area(new JudgingRegions(0.85).of(equal).images(), false) <= 0, "something is left to learn");
    }
}
