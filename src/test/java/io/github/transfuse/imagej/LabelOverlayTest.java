package io.github.transfuse.imagej;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ij.IJ;
import ij.ImagePlus;
import ij.gui.Overlay;
import ij.gui.Roi;
import java.util.List;
import net.imglib2.img.Img;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.integer.UnsignedByteType;
import org.junit.jupiter.api.Test;

class LabelOverlayTest {

    @Test
    void outlinesLieOnTheirSlicesAndKeepTheUsersOwn() {
        ImagePlus stack = IJ.createImage("stack", "8-bit black", 16, 12, 3);
        stack.setRoi(1, 1, 3, 3);
        Overlay own = new Overlay(new Roi(0, 0, 2, 2));
        stack.setOverlay(own);
        Img<UnsignedByteType> labels = ArrayImgs.unsignedBytes(16, 12, 3);
        for (int x = 4; x < 7; x++) {
            labels.getAt(x, 5, 1).set(7);
        }
        LabelOverlay.draw(labels, new int[256], stack, List.of());
        LabelOverlay.draw(labels, new int[256], stack, List.of());
        assertEquals(2, stack.getOverlay().size(), "the user's and one outline, however often it is drawn");
        Roi outline = stack.getOverlay().get(1);
        assertEquals("TransFuse 7", outline.getName());
        assertEquals(2, outline.getPosition());
        assertEquals(
                "java.awt.Rectangle[x=4,y=5,width=3,height=1]",
                outline.getBounds().toString());
        assertEquals(
                "java.awt.Rectangle[x=1,y=1,width=3,height=3]",
                stack.getRoi().getBounds().toString());
    }
}
