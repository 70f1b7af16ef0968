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

    private double width(IntBinaryOperator value) throws IOException {
        BufferedImage mask = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_BYTE_GRAY);
        for (int i = 0; i < SIDE * SIDE; i++) {
            mask.getRaster().setSample(i % SIDE, i / SIDE, 0, value.applyAsInt(i % SIDE, i / SIDE));
        }
        Path file = folder.resolve("m.png");
        ImageIO.write(mask, "png", file.toFile());
        MaskCoding coding = new MaskCoding(MaskCoding.Rule.ABOVE, new int[] {0}, false, OptionalInt.of(7), "");
        return StructureWidth.thinner(List.of(new Pair("m", file, file)), coding);
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
