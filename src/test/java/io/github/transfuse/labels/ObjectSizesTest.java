package io.github.transfuse.labels;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.transfuse.labels.ObjectSizes.ObjectSize;
import java.util.List;
import net.imglib2.Cursor;
import net.imglib2.img.Img;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.integer.IntType;
import net.imglib2.view.Views;
import org.junit.jupiter.api.Test;

class ObjectSizesTest {
    @Test
    void aDiscHasTheBorderOfACircle() {
        ObjectSize disc = ObjectSizes.of(ball(40.3, 1, 1), 1, 1).get(0);
        assertEquals(Math.PI * 40.3 * 40.3, disc.size(), 0.005 * disc.size());
        assertEquals(2 * Math.PI * 40.3, disc.border(), 0.01 * disc.border());
    }

    @Test
    void aBallHasTheSurfaceOfASphere() {
        ObjectSize ball = ObjectSizes.of(ball(15.3, 1, 1, 1), 1, 1, 1).get(0);
        assertEquals(4 / 3.0 * Math.PI * Math.pow(15.3, 3), ball.size(), 0.015 * ball.size());
        assertEquals(4 * Math.PI * 15.3 * 15.3, ball.border(), 0.02 * ball.border());
    }

    @Test
    void longPixelsChangeNothingForTheSameDiscAndBall() {
        ObjectSize disc = ObjectSizes.of(ball(20, 0.25, 0.5), 0.25, 0.5).get(0);
        assertEquals(Math.PI * 400, disc.size(), 0.005 * disc.size());
        assertEquals(2 * Math.PI * 20, disc.border(), 0.01 * disc.border());
        ObjectSize ball = ObjectSizes.of(ball(9, 0.5, 0.4, 1.5), 0.5, 0.4, 1.5).get(0);
        assertEquals(4 * Math.PI * 81, ball.border(), 0.03 * ball.border());
    }

    /** A ball of this radius in an image that is just larger, with pixels of these lengths. */
    private static Img<IntType> ball(double radius, double... pixel) {
        long[] size = new long[pixel.length];
        for (int d = 0; d < size.length; d++) {
            size[d] = 2 * (long) Math.ceil(radius / pixel[d]) + 3;
        }
        Img<IntType> image = ArrayImgs.ints(size);
        Cursor<IntType> cursor = image.localizingCursor();
        while (cursor.hasNext()) {
            IntType value = cursor.next();
            double squared = 0;
            for (int d = 0; d < size.length; d++) {
                squared += Math.pow((cursor.getLongPosition(d) - size[d] / 2) * pixel[d], 2);
            }
            value.set(squared <= radius * radius ? 1 : 0);
        }
        return image;
    }

    /**
     * Along each axis 8 faces of label 2 and 2 of label 7; {@code skimage.measure.perimeter_crofton(np.pad(a == 2, 1), 2)} of
     * scikit-image gives 12.566370614359172 for pixels of length 1, and 3.141592653589793 for label 7.
     */
    @Test
    void countsTheFacesOfEachLabelAndThoseAtTheBorderOfTheImage() {
        Img<IntType> image = Pictures.of("22.", "272", "22.");
        List<ObjectSize> found = ObjectSizes.of(Views.translate(image, -4, 9), 2, 3);
        assertEquals(2, found.size());
        ObjectSize ring = found.get(0);
        assertEquals(2, ring.label());
        assertEquals(6, ring.pixels());
        assertEquals(36, ring.size());
        assertEquals(Math.PI / 4 * (8 * 3 + 8 * 2), ring.border(), 1e-12);
        ObjectSize middle = found.get(1);
        assertEquals(7, middle.label());
        assertEquals(Math.PI / 4 * (2 * 3 + 2 * 2), middle.border(), 1e-12);
        List<ObjectSize> equal = ObjectSizes.of(image, 1, 1);
        assertEquals(12.566370614359172, equal.get(0).border(), 1e-12);
        assertEquals(3.141592653589793, equal.get(1).border(), 1e-12);
    }

    @Test
    void refusesACalibrationOfOtherAxes() {
        assertThrows(IllegalArgumentException.class, () -> ObjectSizes.of(ArrayImgs.ints(2, 2), 1, 1, 1));
        assertThrows(IllegalArgumentException.class, () -> ObjectSizes.of(ArrayImgs.ints(2), 1));
        assertThrows(IllegalArgumentException.class, () -> ObjectSizes.of(ArrayImgs.ints(2, 2, 2, 2), 1, 1, 1, 1));
    }
}
