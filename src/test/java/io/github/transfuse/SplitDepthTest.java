package io.github.transfuse;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.Arrays;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.Img;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.integer.UnsignedByteType;
import org.junit.jupiter.api.Test;

/** Objects between which the network sees no boundary: as the model says, where the settings do not say otherwise. */
class SplitDepthTest {
    /** Two dark discs of radius 12 that are one piece with a neck, on white. */
    private static RandomAccessibleInterval<UnsignedByteType> discs() {
        Img<UnsignedByteType> image = ArrayImgs.unsignedBytes(64, 40, 3);
        image.forEach(value -> value.set(255));
        for (int y = 0; y < 40; y++) {
            for (int x = 0; x < 64; x++) {
                if (Math.hypot(x - 20, y - 20) < 12 || Math.hypot(x - 42, y - 20) < 12) {
                    for (int c = 0; c < 3; c++) {
                        image.getAt(x, y, c).set(0);
                    }
                }
            }
        }
        return image;
    }

    private static int objects(TransFuse model) throws IOException {
        try (model) {
            return Arrays.stream(Labels.of(model.segment(discs()).labels()))
                    .max()
                    .orElseThrow();
        }
    }

    @Test
    void theModelDecides() throws IOException {
        assertEquals(1, objects(FakeModels.darkInstances(1)));
        assertEquals(2, objects(FakeModels.splitting(FakeModels.darkInstances(1), 0.75)));
    }

    @Test
    void settingsDecideOtherwise() throws IOException {
        assertEquals(2, objects(FakeModels.darkInstances(1).settings("split_depth=0.75")));
        TransFuse splitting = FakeModels.splitting(FakeModels.darkInstances(1), 0.75);
        assertEquals(1, objects(splitting.settings("split_depth=0")));
        splitting = FakeModels.splitting(FakeModels.darkInstances(1), 0.75);
        assertEquals(1, objects(splitting.settings("split_depth=9")));
    }
}
