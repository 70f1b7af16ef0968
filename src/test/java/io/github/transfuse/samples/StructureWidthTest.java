package io.github.transfuse.samples;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.IntBinaryOperator;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StructureWidthTest {
    private static final int SIDE = 200;

    @TempDir
    private Path folder;

    private Pair mask(String name, IntBinaryOperator value) throws IOException {
        BufferedImage mask = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_BYTE_GRAY);
        for (int i = 0; i < SIDE * SIDE; i++) {
            mask.getRaster().setSample(i % SIDE, i / SIDE, 0, value.applyAsInt(i % SIDE, i / SIDE));
        }
        Path file = folder.resolve(name + ".png");
        ImageIO.write(mask, "png", file.toFile());
        return new Pair(name, file, file);
    }

    private double width(IntBinaryOperator value) throws IOException {
        MaskCoding coding = new MaskCoding(MaskCoding.Rule.ABOVE, new int[] {0}, false, OptionalInt.of(7), "");
        return StructureWidth.thinnest(List.of(mask("m", value)), coding).pixels();
    }

    /** Of class indices up to 3; 7 is left out. */
    private static StructureWidth.Width thinnest(Pair... masks) throws IOException {
        MaskCoding coding = new MaskCoding(MaskCoding.Rule.INDEX, new int[] {3}, false, OptionalInt.of(7), "");
        return StructureWidth.thinnest(List.of(masks), coding);
    }

    /** A line of class 2 along the edge of class 1, whose other side is background. */
    @Test
    void ofSeveralClassesTheThinnestDecides() throws IOException {
        assertEquals(
                new StructureWidth.Width(2, 4),
                thinnest(mask("a", (x, y) -> x < 80 ? 0 : x < 84 ? 2 : x < 140 ? 1 : 0)));
        assertEquals(
                new StructureWidth.Width(0, 6),
                thinnest(mask("b", (x, y) -> x % 50 >= 20 && x % 50 < 26 ? 0 : x < 100 ? 1 : 3)),
                "gaps");
        assertEquals(
                new StructureWidth.Width(0, 20),
                thinnest(mask("c", (x, y) -> x < 80 ? 1 : x < 90 ? 0 : x < 100 ? 7 : 3)),
                "what is left out has no outline");
    }

    /** As speckles of a class that was drawn once. */
    @Test
    void aClassThatFewImagesHaveDecidesNothing() throws IOException {
        Pair wide = mask("wide", (x, y) -> x < 100 ? 1 : 3);
        Pair thin = mask("thin", (x, y) -> x < 100 ? 1 : x < 102 ? 2 : 3);
        assertEquals(2, thinnest(thin, wide, wide, wide, wide).pixels());
        assertEquals(200, thinnest(thin, wide, wide, wide, wide, wide).pixels(), 4);
    }

    @Test
    void ofLinesItIsTheirWidth() throws IOException {
        assertEquals(3, width((x, y) -> x % 40 >= 10 && x % 40 < 13 ? 1 : 0), 1e-9, "upright");
        assertEquals(5, width((x, y) -> y % 40 >= 10 && y % 40 < 15 ? 1 : 0), 1e-9, "level");
        assertEquals(4, width((x, y) -> x % 40 >= 10 && x % 40 < 14 ? 0 : 1), 1e-9, "gaps between areas");
    }

    @Test
    void ofADiskItIsThreeQuartersOfTheRadius() throws IOException {
        double found = width((x, y) -> Math.hypot(x - 100, y - 100) < 40 ? 255 : 0);
        assertEquals(Math.PI / 4 * 40, found, 0.6);
    }

    @Test
    void whatIsLeftOutHasNoOutline() throws IOException {
        assertEquals(Double.POSITIVE_INFINITY, width((x, y) -> x < 50 ? 1 : x < 60 ? 7 : 0));
    }
}
