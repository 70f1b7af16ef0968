package io.github.transfuse.batch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.transfuse.image.Axis;
import io.github.transfuse.image.CalibratedImage;
import java.util.List;
import net.imglib2.img.array.ArrayImgs;
import org.junit.jupiter.api.Test;

class OverlayPictureTest {

    /** A colour below black or above white must not run over into the others. */
    @Test
    void coloursBeyondBlackAndWhiteAreThese() {
        var pixels = ArrayImgs.floats(new float[] {-0.5f, 0.5f, 1.5f}, 1, 1, 3);
        List<Axis> axes = List.of(Axis.of(Axis.Kind.X), Axis.of(Axis.Kind.Y), Axis.of(Axis.Kind.CHANNEL));
        CalibratedImage image = new CalibratedImage("colours", pixels, axes, true, List.of());
        assertEquals(0xff_00_80_ff, OverlayPicture.plain(image).getRGB(0, 0));
    }
}
