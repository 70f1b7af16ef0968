package io.github.transfuse.slide;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;
import net.imglib2.RandomAccess;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.RealType;
import net.imglib2.type.numeric.integer.UnsignedShortType;
import org.junit.jupiter.api.Test;

/** Pixels of a slide come as they are, when they are looked at. */
class RegionImageTest {
    private final PyramidServer server = new PyramidServer(100_000);

    private RegionImage region(double downsample, boolean skip) {
        SlideRegion all = SlideRegion.all(server.info(), RegionReader.Plane.FIRST);
        return new RegionImage(server, server.info(), all, downsample, skip);
    }

    private static int value(RandomAccessibleInterval<? extends RealType<?>> image, long x, long y, long channel) {
        RandomAccess<? extends RealType<?>> access = image.randomAccess();
        access.setPosition(new long[] {x, y, channel});
        return (int) access.get().getRealDouble();
    }

    @Test
    void readsOnlyWhatIsLookedAt() {
        RandomAccessibleInterval<? extends RealType<?>> image = region(1, false).pixels();

        assertEquals(100_000, image.dimension(0));
        assertEquals(0x80, value(image, 30_500, 20_500, 0));
        assertEquals(0x40, value(image, 30_500, 20_500, 1));
        assertEquals(0x90, value(image, 30_501, 20_500, 2));
        assertEquals(0xf4, value(image, 30_000, 20_500, 0));
        assertTrue(server.reads.get() <= 4, () -> server.reads + " reads");
    }

    @Test
    void scalesToThePixelSize() {
        RegionImage region = region(4, false);

        assertEquals(25_000, region.width());
        assertEquals(0x80, value(region.pixels(), 30_500 / 4, 20_500 / 4, 0));
    }

    @Test
    void takesMissingPartsOfSparseSlidesAsEmpty() {
        assertEquals(255, value(region(1, false).pixels(), 90_000, 90_000, 1));
    }

    @Test
    void endsAtAnErrorAndSaysWhere() {
        RandomAccessibleInterval<? extends RealType<?>> image = region(1, false).pixels();
        server.broken = true;

        SlideException e = assertThrows(SlideException.class, () -> value(image, 30_500, 20_500, 0));
        assertTrue(e.getMessage().contains("the disk is gone") && e.getMessage().contains("x="), e.getMessage());
        server.broken = false;
        assertEquals(0x80, value(image, 30_500, 20_500, 0));
    }

    @Test
    void goesOnOverErrorsIfAsked() {
        RegionImage region = region(1, true);
        RandomAccessibleInterval<? extends RealType<?>> image = region.pixels();
        server.broken = true;

        assertEquals(255, value(image, 30_500, 20_500, 0));
        assertEquals(1, region.unreadable());
    }

    @Test
    void keepsAsManyBlocksAsTwoRowsNeed() {
        RandomAccessibleInterval<? extends RealType<?>> image =
                region(32, false).pixels();
        for (int pass = 0; pass < 3; pass++) {
            for (int x = 0; x < image.dimension(0); x += RegionImage.BLOCK) {
                value(image, x, 0, 0);
                value(image, x, RegionImage.BLOCK, 0);
            }
        }
        assertEquals(1 + 2 * 7, server.reads.get());
    }

    @Test
    void keepsSixteenBits() {
        BufferedImage gray = new BufferedImage(7, 5, BufferedImage.TYPE_USHORT_GRAY);
        gray.getRaster().setSample(3, 2, 0, 60_000);
        SlideInfo info = new SlideInfo("gray", 7, 5, 1, false, Optional.empty());
        RegionReader crop = r -> Optional.of(gray.getSubimage(r.x(), r.y(), r.width(), r.height()));

        RandomAccessibleInterval<? extends RealType<?>> image =
                new RegionImage(crop, info, SlideRegion.all(info, RegionReader.Plane.FIRST), 1, false).pixels();

        assertTrue(image.getType() instanceof UnsignedShortType);
        assertEquals(60_000, value(image, 3, 2, 0));
    }

    @Test
    void keepsSixteenBitsOfSparseSlidesWithoutAFirstPixel() {
        BufferedImage gray = new BufferedImage(1_400, 600, BufferedImage.TYPE_USHORT_GRAY);
        gray.getRaster().setSample(1_300, 20, 0, 60_000);
        SlideInfo info = new SlideInfo("gray", 1_400, 600, 1, false, Optional.empty());
        RegionReader sparse = r -> r.x() + r.width() <= 1_000
                ? Optional.empty()
                : Optional.of(gray.getSubimage(r.x(), r.y(), r.width(), r.height()));

        RandomAccessibleInterval<? extends RealType<?>> image =
                new RegionImage(sparse, info, SlideRegion.all(info, RegionReader.Plane.FIRST), 1, false).pixels();

        assertTrue(image.getType() instanceof UnsignedShortType, "not cut to 8 bits");
        assertEquals(60_000, value(image, 1_300, 20, 0));
        assertEquals(0, value(image, 5, 5, 0));
    }

    @Test
    void agreesWithTheSlidePixelByPixel() {
        SlideRegion part = new SlideRegion(700, 300, 1100, 900, RegionReader.Plane.FIRST);
        RandomAccessibleInterval<? extends RealType<?>> image =
                new RegionImage(server, server.info(), part, 1, false).pixels();

        for (int y = 0; y < 900; y += 7) {
            int row = y;
            int[] expected = IntStream.range(0, 1100)
                    .map(x -> PyramidServer.color(700 + x + 0.5, 300 + row + 0.5) >> 8 & 0xff)
                    .toArray();
            int[] actual =
                    IntStream.range(0, 1100).map(x -> value(image, x, row, 1)).toArray();
            assertTrue(Arrays.equals(expected, actual), "row " + y);
        }
    }
}
