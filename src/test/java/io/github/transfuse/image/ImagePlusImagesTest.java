package io.github.transfuse.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ij.IJ;
import ij.ImagePlus;
import ij.ImageStack;
import ij.VirtualStack;
import ij.process.ImageProcessor;
import ij.process.ShortProcessor;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** ImageJ's images are seen without copies and come back the same. */
class ImagePlusImagesTest {

    @Test
    void nothingIsCopied() {
        ImagePlus imp = IJ.createImage("live", "8-bit black", 3, 2, 1);
        CalibratedImage image = ImagePlusImages.wrap(imp);
        imp.getProcessor().set(1, 1, 77);
        assertEquals(77, Pixels.of(image)[4]);
    }

    @ParameterizedTest
    @ValueSource(ints = {8, 16, 32})
    void hyperstacksComeBackTheSame(int depth) throws UnsupportedImageException {
        ImagePlus imp = IJ.createHyperStack("hyper", 4, 3, 2, 3, 2, depth);
        for (int i = 1; i <= 12; i++) {
            imp.getStack().getProcessor(i).setf(i % 4, 1, i);
        }
        imp.getCalibration().pixelWidth = 0.3;
        imp.getCalibration().setUnit("mm");
        ImagePlus back = ImagePlusImages.toImagePlus(ImagePlusImages.wrap(imp));
        assertArrayEquals(imp.getDimensions(), back.getDimensions());
        assertEquals(depth, back.getBitDepth());
        assertEquals(0.3, back.getCalibration().pixelWidth);
        assertEquals("mm", back.getCalibration().getUnit());
        for (int i = 1; i <= 12; i++) {
            assertArrayEquals(
                    imp.getStack().getProcessor(i).getFloatArray(),
                    back.getStack().getProcessor(i).getFloatArray());
        }
    }

    @Test
    void colorStacksComeBackTheSame() throws UnsupportedImageException {
        ImageStack stack = new ImageStack(2, 1);
        stack.addSlice(null, new int[] {0xff010203, 0xff0a0b0c});
        stack.addSlice(null, new int[] {0xffffffff, 0xff000000});
        CalibratedImage image = ImagePlusImages.wrap(new ImagePlus("color", stack));
        assertEquals("X 2, Y 1, Z 2, CHANNEL 3", image.describe());
        ImagePlus back = ImagePlusImages.toImagePlus(image);
        assertArrayEquals((int[]) stack.getPixels(1), (int[]) back.getStack().getPixels(1));
        assertArrayEquals((int[]) stack.getPixels(2), (int[]) back.getStack().getPixels(2));
    }

    @Test
    void signedSixteenBitImagesHaveTheirValues() {
        ImagePlus imp =
                new ImagePlus("ct", new ShortProcessor(2, 1, new short[] {(short) 31_768, (short) 32_769}, null));
        imp.getCalibration().setSigned16BitCalibration();
        assertArrayEquals(new double[] {-1000, 1}, Pixels.of(ImagePlusImages.wrap(imp)));
    }

    @Test
    void virtualPlanesAreReadWhenTouchedAndOnce() {
        AtomicInteger reads = new AtomicInteger();
        VirtualStack stack = new VirtualStack(2, 2, 3) {
            @Override
            public ImageProcessor getProcessor(int n) {
                reads.incrementAndGet();
                return new ShortProcessor(2, 2, new short[] {(short) n, 0, 0, 0}, null);
            }
        };
        stack.setBitDepth(16);
        CalibratedImage image = ImagePlusImages.wrap(new ImagePlus("virtual", stack));
        reads.set(0);
        CalibratedImage plane = image.slice(Axis.Kind.Z, 2);
        assertEquals(3, Pixels.of(plane)[0]);
        assertEquals(3, Pixels.of(plane)[0]);
        assertEquals(1, reads.get());
    }

    @Test
    void meaninglessPixelSizesAreUnknown() {
        ImagePlus imp = IJ.createImage("odd", "8-bit black", 3, 2, 1);
        imp.getCalibration().pixelWidth = 0;
        imp.getCalibration().pixelHeight = Double.POSITIVE_INFINITY;
        imp.getCalibration().setUnit("micron");
        CalibratedImage image = ImagePlusImages.wrap(imp);
        assertEquals(Axis.of(Axis.Kind.X), image.axes().get(0));
        assertEquals(Axis.of(Axis.Kind.Y), image.axes().get(1));
    }
}
