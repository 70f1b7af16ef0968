package io.github.transfuse.imagej;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import ij.IJ;
import ij.ImagePlus;
import ij.gui.Roi;
import java.awt.Rectangle;
import org.junit.jupiter.api.Test;

class VisiblePartTest {

    @Test
    void theShownSliceAndFrameWithAllChannelsAndTheUsersSelectionUntouched() {
        ImagePlus image = IJ.createImage("stack", "16-bit", 40, 30, 2 * 3 * 2);
        image.setDimensions(2, 3, 2);
        image.setOpenAsHyperStack(true);
        for (int i = 1; i <= image.getStackSize(); i++) {
            image.getStack().getProcessor(i).set(7, 5, 100 + i);
        }
        image.setPosition(1, 2, 2);
        Roi selection = new Roi(1, 2, 3, 4);
        image.setRoi(selection);
        image.getCalibration().pixelWidth = 0.25;
        VisiblePart part = VisiblePart.of(image, true);
        assertEquals(2, part.pixels().getNChannels());
        assertEquals(2, part.pixels().getStackSize());
        for (int c = 1; c <= 2; c++) {
            assertEquals(
                    100 + image.getStackIndex(c, 2, 2),
                    part.pixels().getStack().getProcessor(c).get(7, 5));
        }
        assertEquals(0.25, part.pixels().getCalibration().pixelWidth);
        assertEquals(selection, image.getRoi());
        assertNull(part.pixels().getRoi());
    }

    @Test
    void aLargeViewIsCutToItsMiddle() {
        assertEquals(new Rectangle(10, 20, 300, 200), VisiblePart.middle(new Rectangle(10, 20, 300, 200)));
        assertEquals(new Rectangle(488, 20, 1024, 200), VisiblePart.middle(new Rectangle(0, 20, 2000, 200)));
    }

    @Test
    void timesAreToldAsPeopleSayThem() {
        assertEquals("1 s", SegmentPreview.duration(0.02));
        assertEquals("89 s", SegmentPreview.duration(89));
        assertEquals("2 min", SegmentPreview.duration(100));
    }

    @Test
    void theDialogSaysWhichImageItIsAbout() {
        ImagePlus image = IJ.createImage("cells.tif", "RGB", 40, 30, 1);
        assertEquals("cells.tif: 40 x 30, RGB, pixels without a size", ImageFacts.of(image));
        image.getCalibration().setUnit("micron");
        image.getCalibration().pixelWidth = 0.325;
        assertEquals("cells.tif: 40 x 30, RGB, 0.325 microns a pixel", ImageFacts.of(image));
    }
}
