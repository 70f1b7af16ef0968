package io.github.transfuse.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.view.Views;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Channels are chosen, repeated, or refused, and axes follow them. */
class ChannelsTest {
    private static final CalibratedImage GRAY =
            CalibratedImage.of("gray", ArrayImgs.unsignedBytes(new byte[] {1, 2}, 2, 1), Axis.Kind.X, Axis.Kind.Y);

    /** Channel first: values 10 c + x. */
    private static final CalibratedImage THREE = CalibratedImage.of(
            "three",
            ArrayImgs.unsignedBytes(new byte[] {10, 20, 30, 11, 21, 31}, 3, 2, 1),
            Axis.Kind.CHANNEL,
            Axis.Kind.X,
            Axis.Kind.Y);

    @Test
    void channelsBecomeTheLastAxis() throws UnsupportedImageException {
        CalibratedImage image = Channels.match(THREE, 3, List.of());
        assertEquals("X 2, Y 1, CHANNEL 3", image.describe());
        assertArrayEquals(new double[] {10, 11, 20, 21, 30, 31}, Pixels.of(image));
    }

    @Test
    void chosenChannelsComeInTheOrderGiven() throws UnsupportedImageException {
        CalibratedImage image = Channels.match(THREE, 2, List.of(3, 1));
        assertArrayEquals(new double[] {30, 31, 10, 11}, Pixels.of(image));
        assertTrue(image.notes().isEmpty());
    }

    @Test
    void oneChannelServesAModelOfColorImagesWithoutAWord() throws UnsupportedImageException {
        CalibratedImage image = Channels.match(GRAY, 3, List.of());
        assertArrayEquals(new double[] {1, 2, 1, 2, 1, 2}, Pixels.of(image));
        assertTrue(image.notes().isEmpty());
        assertArrayEquals(new double[] {20, 21, 20, 21, 20, 21}, Pixels.of(Channels.match(THREE, 3, List.of(2))));
    }

    @Test
    void aSingleChannelGetsAnAxis() throws UnsupportedImageException {
        assertEquals("X 2, Y 1, CHANNEL 1", Channels.match(GRAY, 1, List.of()).describe());
    }

    @Test
    void ofTwoChannelsOneIsSeenAsGrey() {
        CalibratedImage two = THREE.withPixels(Views.interval(THREE.pixels(), new long[3], new long[] {1, 0, 1}));
        String message = assertThrows(UnsupportedImageException.class, () -> Channels.match(two, 3, List.of()))
                .getMessage();
        assertTrue(message.contains("the image's 2 channels") && message.contains("channels=1,"), message);
        assertFalse(message.contains("1,2,3"), message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1 | | three: the model wants 1 channel(s), but 3",
                "4 | | Use a model of as many channels",
                "2 | | such as channels=1,2,",
                "1 | 4 | no channel 4",
                "1 | 0 | no channel 0"
            })
    void otherNumbersAreRefused(int wanted, Integer chosen, String words) {
        List<Integer> choice = chosen == null ? List.of() : List.of(chosen);
        String message = assertThrows(UnsupportedImageException.class, () -> Channels.match(THREE, wanted, choice))
                .getMessage();
        assertTrue(message.contains(words), message);
    }
}
