package io.github.transfuse.slide;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ij.ImagePlus;
import ij.measure.Calibration;
import io.github.transfuse.FakeModels;
import io.github.transfuse.TransFuse;
import io.github.transfuse.batch.BatchListener;
import io.github.transfuse.image.ImagePlusImages;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.Optional;
import java.util.stream.IntStream;
import net.imglib2.Cursor;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.IntegerType;
import net.imglib2.view.Views;
import org.junit.jupiter.api.Test;

/** A region of a slide has the class map that the same pixels have as an image in ImageJ. */
class SamePixelsTest {
    private static final int SIDE = 4_000;
    private static final int DOWNSAMPLE = 4;
    private static final SlideRegion REGION = new SlideRegion(7_100, 3_300, SIDE, SIDE, RegionReader.Plane.FIRST);

    private final PyramidServer server = new PyramidServer(40_000);
    private final TransFuse model = FakeModels.dark(2);

    @Test
    void annotationsCoverTheClassMapOfImageJ() throws IOException {
        int[] expected = throughImageJ();
        long foreground = IntStream.of(expected).filter(label -> label > 0).count();
        assertEquals(0.125, foreground / (double) expected.length, 0.02, "discs cover an eighth");

        SlideRun.Outcome outcome = new SlideRun(model, server, server.info(), SlideOptions.DEFAULT)
                .segment(REGION, Optional.empty(), BatchListener.NONE);

        int side = SIDE / DOWNSAMPLE;
        MaskPainter map = new MaskPainter(REGION, side, side, 0);
        outcome.objects().forEach(object -> map.paint(object.shape(), 1));
        assertArrayEquals(expected, map.image().getRaster().getSamples(0, 0, side, side, 0, (int[]) null));
    }

    private int[] throughImageJ() throws IOException {
        BufferedImage pixels = server.read(new RegionReader.Request(
                        DOWNSAMPLE, REGION.x(), REGION.y(), SIDE, SIDE, RegionReader.Plane.FIRST))
                .orElseThrow();
        ImagePlus image = new ImagePlus("region", pixels);
        Calibration calibration = new Calibration();
        calibration.setUnit("micron");
        calibration.pixelWidth = 2;
        calibration.pixelHeight = 2;
        image.setCalibration(calibration);
        return numbers(model.segment(ImagePlusImages.wrap(image)).labels());
    }

    private static int[] numbers(RandomAccessibleInterval<? extends IntegerType<?>> labels) {
        int[] numbers = new int[(int) (labels.dimension(0) * labels.dimension(1))];
        Cursor<? extends IntegerType<?>> cursor = Views.flatIterable(labels).cursor();
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = cursor.next().getInteger();
        }
        return numbers;
    }
}
