package io.github.transfuse.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.IJ;
import ij.ImagePlus;
import ij.io.FileSaver;
import io.github.transfuse.image.Axis.Kind;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.imglib2.img.Img;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.img.cell.LazyCellImg;
import net.imglib2.type.numeric.integer.UnsignedShortType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Stacks that are read and written plane by plane are those that are read and written at once. */
class LargeTiffTest {
    @TempDir
    Path folder;

    private static final ResultStore NO_HEAP = new ResultStore(0, note -> {});

    private void assertSameBothWays(Path file) throws IOException {
        CalibratedImage atOnce = TiffReader.read(file);
        CalibratedImage byPlane = TiffReader.read(file, NO_HEAP);
        assertEquals(atOnce.describe(), byPlane.describe());
        assertEquals(atOnce.axes(), byPlane.axes());
        assertEquals(atOnce.name(), byPlane.name());
        assertEquals(atOnce.rgb(), byPlane.rgb());
        assertEquals(atOnce.sliceLabels(), byPlane.sliceLabels());
        assertEquals(
                atOnce.pixels().getType().getClass(), byPlane.pixels().getType().getClass());
        assertArrayEquals(Pixels.of(atOnce), Pixels.of(byPlane));
    }

    @ParameterizedTest
    @ValueSource(strings = {"8-bit", "16-bit", "32-bit", "RGB"})
    void stacksOfImageJAreTheSame(String type) throws IOException {
        int channels = type.equals("RGB") ? 1 : 2;
        ImagePlus stack = IJ.createImage("s", type + " ramp", 13, 7, channels, 3, 4);
        for (int i = 1; i <= stack.getStackSize(); i++) {
            stack.getStack().getProcessor(i).setf(i % 13, 2, i);
            stack.getStack().setSliceLabel("plane " + (i - 1) / channels, i);
        }
        stack.getCalibration().pixelWidth = 0.5;
        stack.getCalibration().pixelDepth = 3;
        stack.getCalibration().setUnit("micron");
        Path file = folder.resolve("s.tif");
        assertTrue(new FileSaver(stack).saveAsTiffStack(file.toString()));
        assertSameBothWays(file);
        assertEquals("plane 7", ImageFiles.read(file).sliceLabels().get(7), "one for the channels of a slice");
    }

    @Test
    void signed16BitStacksAreTheSame() throws IOException {
        ImagePlus stack = IJ.createImage("s", "16-bit ramp", 13, 7, 1, 3, 1);
        stack.getCalibration().setSigned16BitCalibration();
        Path file = folder.resolve("signed.tif");
        assertTrue(new FileSaver(stack).saveAsTiffStack(file.toString()));
        assertSameBothWays(file);
        assertTrue(Pixels.of(TiffReader.read(file, NO_HEAP))[0] < 0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"LZW", "PackBits"})
    void compressedPagesAreTheSame(String compression) throws IOException {
        Path file = folder.resolve("pages.tif");
        BufferedImage[] pages = new BufferedImage[4];
        for (int page = 0; page < pages.length; page++) {
            pages[page] = ImageFilesTest.gradient(BufferedImage.TYPE_BYTE_GRAY);
            pages[page].getRaster().setSample(page, 1, 0, 200);
        }
        Tiffs.write(file, compression, pages);
        assertSameBothWays(file);
    }

    @Test
    void hyperstacksOfLabelsKeepValuesOrderColoursAndCalibration() throws IOException {
        Img<UnsignedShortType> pixels = ArrayImgs.unsignedShorts(5, 4, 3, 2);
        int next = 0;
        for (UnsignedShortType pixel : pixels) {
            pixel.set(next++ * 500);
        }
        List<Axis> axes = List.of(
                new Axis(Kind.X, 0.25, "mm"),
                new Axis(Kind.Y, 0.5, "mm"),
                new Axis(Kind.Z, 2, "mm"),
                Axis.of(Kind.TIME));
        List<String> names = List.of("a0", "b0", "c0", "a1", "b1", "");
        CalibratedImage labels = new CalibratedImage("l", pixels, axes, false, List.of()).withSliceLabels(names);
        Path file = folder.resolve("labels.tif");
        ResultFiles.writeLabels(file, labels, new int[] {0, 0xff0000, 0x00ff80}, Map.of("key", "text"));
        ImagePlus imp = IJ.openImage(file.toString());
        assertArrayEquals(new int[] {5, 4, 1, 3, 2}, imp.getDimensions());
        assertEquals(2, imp.getCalibration().pixelDepth);
        assertEquals("text", imp.getProp("key"));
        assertEquals(0x00ff80, imp.getProcessor().getLut().getRGB(2) & 0xffffff);
        assertEquals("b1", imp.getStack().getSliceLabel(5));
        CalibratedImage back = ImageFiles.read(file);
        assertArrayEquals(Pixels.of(labels), Pixels.of(back));
        assertEquals(names, back.sliceLabels());
    }

    private static TinyTiff strips(int samples, int bits, int... tags) throws IOException {
        TinyTiff page = TinyTiff.of(7, 5, samples, bits).tag(278, TinyTiff.LONG, 2);
        return filled(page, 3, (7 * samples * bits + 7) / 8 * 2, tags);
    }

    private static TinyTiff tiles(int samples, int bits, int... tags) throws IOException {
        TinyTiff page =
                TinyTiff.of(37, 21, samples, bits).tag(322, TinyTiff.LONG, 16).tag(323, TinyTiff.LONG, 16);
        return filled(page, 6, 16 * 16 * samples * bits / 8, tags);
    }

    /** Packed blocks of random bytes, the first bit of each number left out so that floats are finite. */
    private static TinyTiff filled(TinyTiff page, int blocks, int bytes, int... tags) throws IOException {
        page.tag(259, TinyTiff.SHORT, 8);
        for (int i = 0; i < tags.length; i += 2) {
            page.tag(tags[i], TinyTiff.SHORT, tags[i + 1]);
        }
        Random random = new Random(bytes);
        for (int i = 0; i < blocks; i++) {
            byte[] block = new byte[bytes];
            random.nextBytes(block);
            for (int at = 3; at < bytes; at += 4) {
                block[at] &= 0x3f;
            }
            page.block(TinyTiff.deflated(block));
        }
        return page;
    }

    /** Each part of a large picture is read when it is needed, in all kinds. */
    @Test
    void partsOfPicturesAreTheSame() throws IOException {
        Path file = folder.resolve("parts.tif");
        List<TinyTiff> kinds = List.of(
                strips(1, 8, 262, 1),
                strips(3, 8, 274, 6),
                strips(1, 16, 262, 0),
                strips(1, 16, 339, 2),
                strips(1, 12, 262, 1),
                strips(4, 8, 262, 5),
                tiles(1, 8, 262, 1),
                tiles(3, 8, 317, 2),
                tiles(3, 16, 274, 3),
                tiles(5, 8, 262, 1),
                tiles(1, 32, 339, 3));
        for (TinyTiff kind : kinds) {
            assertInParts(TinyTiff.write(file, kind));
        }
        assertInParts(TinyTiff.write(file, ByteOrder.BIG_ENDIAN, true, tiles(3, 16, 262, 1), tiles(3, 16, 262, 1)));
        TinyTiff planar = TinyTiff.of(5, 4, 3, 8).tag(278, TinyTiff.LONG, 2);
        assertInParts(TinyTiff.write(file, filled(planar, 6, 10, 284, 2)));
    }

    private void assertInParts(Path file) throws IOException {
        assertSameBothWays(file);
        CalibratedImage parts = TiffReader.read(file, NO_HEAP);
        assertFalse(TiffReader.read(file).pixels() instanceof LazyCellImg);
        boolean turned = parts.pixels().getClass().getSimpleName().contains("View");
        assertTrue(turned || parts.pixels() instanceof LazyCellImg, () -> "is " + parts.pixels());
    }

    @Test
    void aDamagedPartIsFoundBeforeAnyWork() throws IOException {
        Path file = folder.resolve("parts.tif");
        TinyTiff page = TinyTiff.of(20, 20, 1, 8).tag(322, TinyTiff.LONG, 16).tag(323, TinyTiff.LONG, 16);
        page.tag(259, TinyTiff.SHORT, 8);
        for (int i = 0; i < 4; i++) {
            byte[] block = TinyTiff.deflated(new byte[256]);
            block[block.length - 1] ^= (byte) (i == 3 ? 1 : 0);
            page.block(block);
        }
        TinyTiff.write(file, page);
        assertThrows(UnsupportedImageException.class, () -> TiffReader.read(file, NO_HEAP));
    }
}
