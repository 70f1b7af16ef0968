package io.github.transfuse.labels;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.imglib2.img.Img;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.integer.IntType;
import org.junit.jupiter.api.Test;

class OutlinesTest {
    @Test
    void maskIsTheRimOfEachLabel() {
        Img<IntType> labels = Pictures.of("......", ".11122", ".11122", ".11122");
        labels.getAt(2, 2).set(1);
        Img<IntType> rim = ArrayImgs.ints(6, 4);
        net.imglib2.loops.LoopBuilder.setImages(Outlines.mask(labels), rim)
                .forEachPixel((m, r) -> r.set(m.get() == 255 ? 1 : 0));
        assertArrayEquals(new String[] {"......", ".11111", ".1.111", ".11111"}, Pictures.draw(rim));
    }

    @Test
    void tracesObjectAndHole() {
        List<Outlines.Ring> rings = Outlines.trace(Pictures.of(".....", ".333.", ".3.3.", ".333."));
        assertEquals(2, rings.size());
        Outlines.Ring outer = rings.get(0);
        assertArrayEquals(new long[] {4, 4, 1, 1}, outer.x());
        assertArrayEquals(new long[] {1, 4, 4, 1}, outer.y());
        assertEquals(9, area(outer));
        assertEquals(false, outer.hole());
        assertEquals(true, rings.get(1).hole());
        assertEquals(1, area(rings.get(1)));
        assertEquals(3, rings.get(1).label());
    }

    @Test
    void areasOfRandomImagesAddUp() {
        for (int seed = 0; seed < 50; seed++) {
            Img<IntType> labels = Pictures.random(seed, 0.4, 2, 17, 13);
            Map<Long, Double> expected = new TreeMap<>();
            labels.forEach(p -> expected.merge((long) p.get(), 1d, Double::sum));
            expected.remove(0L);
            Map<Long, Double> traced = new TreeMap<>();
            for (Outlines.Ring ring : Outlines.trace(labels)) {
                traced.merge(ring.label(), ring.hole() ? -area(ring) : area(ring), Double::sum);
            }
            assertEquals(expected, traced);
        }
    }

    @Test
    void cornersDoNotJoinPixels() {
        List<Outlines.Ring> rings = Outlines.trace(Pictures.of("1.", ".1"));
        assertEquals(2, rings.size());
        assertTrue(rings.stream().allMatch(r -> area(r) == 1 && !r.hole()));
        assertThrows(IllegalArgumentException.class, () -> Outlines.trace(ArrayImgs.ints(2, 2, 2)));
    }

    /** Gauss's area formula. */
    private static double area(Outlines.Ring ring) {
        double twice = 0;
        for (int i = 0; i < ring.x().length; i++) {
            int next = (i + 1) % ring.x().length;
            twice += ring.x()[i] * ring.y()[next] - ring.x()[next] * ring.y()[i];
        }
        return Math.abs(twice / 2);
    }
}
