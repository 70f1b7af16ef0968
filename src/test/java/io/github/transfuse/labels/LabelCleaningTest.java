package io.github.transfuse.labels;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Set;
import net.imglib2.img.Img;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.integer.IntType;
import org.junit.jupiter.api.Test;

class LabelCleaningTest {
    @Test
    void removesSmallObjectsAndClosesTheNumbering() {
        Img<IntType> labels = Pictures.of("11.2..", "11..33", "4.5.33", "..5...");
        assertEquals(3, LabelCleaning.removeSmall(labels, 2));
        assertArrayEquals(new String[] {"11....", "11..22", "..3.22", "..3..."}, Pictures.draw(labels));
    }

    @Test
    void sizesMayBeCalibrated() {
        Img<IntType> labels = ArrayImgs.ints(new int[] {1, 1, 0, 2, 2, 2}, 6, 1, 1);
        assertEquals(2, LabelCleaning.removeSmall(labels, 0.2, 0.5, 0.2, 1), "2 voxels of 0.1 are 0.2");
        assertEquals(1, LabelCleaning.removeSmall(labels, 0.21, 0.5, 0.2, 1));
        assertEquals(1, labels.getAt(5, 0, 0).get());
        assertThrows(IllegalArgumentException.class, () -> LabelCleaning.removeSmall(labels, 1, 0.5, 0.2));
        assertThrows(IllegalArgumentException.class, () -> LabelCleaning.removeSmall(labels, 1, 1, 1, 0));
        assertThrows(IllegalArgumentException.class, () -> LabelCleaning.removeSmall(labels, -1));
    }

    @Test
    void whatTouchesAnySideIsAtTheEdge() {
        Img<IntType> labels = Pictures.of("..1...", ".333..", "23.344", ".333..", "..5...");
        assertEquals(Set.of(1L, 2L, 4L, 5L), LabelCleaning.atEdges(labels));
        LabelCleaning.remove(labels, LabelCleaning.atEdges(labels));
        assertArrayEquals(new String[] {"......", ".333..", ".3.3..", ".333..", "......"}, Pictures.draw(labels));
        Img<IntType> volume = ArrayImgs.ints(3, 3, 3);
        volume.getAt(1, 1, 1).set(7);
        assertEquals(Set.of(), LabelCleaning.atEdges(volume));
        volume.getAt(1, 1, 2).set(8);
        assertEquals(Set.of(8L), LabelCleaning.atEdges(volume), "the last slice is a border");
    }

    @Test
    void fillsHolesOfOneOwner() {
        Img<IntType> labels = Pictures.of("1112223", "1.12.2.", "1112223", "1..2.22");
        // the opening at the right and the gap between 1 and 2 at the lower border stay; so does that at the border
        assertEquals(2, LabelCleaning.fillHoles(labels));
        assertArrayEquals(new String[] {"1112223", "111222.", "1112223", "1..2.22"}, Pictures.draw(labels));
    }

    @Test
    void gapBetweenObjectsIsNoHole() {
        Img<IntType> labels = Pictures.of("1122", "1..2", "1122");
        assertEquals(0, LabelCleaning.fillHoles(labels));
    }

    @Test
    void cavityOfAVolumeIsAHoleButATunnelIsNot() {
        Img<IntType> cavity = box();
        cavity.getAt(2, 2, 2).set(0);
        assertEquals(1, LabelCleaning.fillHoles(cavity));
        assertEquals(7, cavity.getAt(2, 2, 2).get());
        Img<IntType> tunnel = box();
        for (int z = 0; z < 5; z++) {
            tunnel.getAt(2, 2, z).set(0);
        }
        assertEquals(0, LabelCleaning.fillHoles(tunnel));
    }

    private static Img<IntType> box() {
        Img<IntType> box = ArrayImgs.ints(5, 5, 5);
        box.forEach(p -> p.set(7));
        return box;
    }

    @Test
    void typeFollowsTheLargestLabel() {
        assertEquals(LabelType.UINT8, LabelType.forClasses(256));
        assertEquals(LabelType.UINT16, LabelType.forClasses(257));
        assertEquals(LabelType.UINT16, LabelType.forInstances(65_535));
        assertEquals(LabelType.FLOAT32, LabelType.forInstances(65_536));
        assertThrows(IllegalArgumentException.class, () -> LabelType.forInstances(20_000_000));
    }
}
