package io.github.transfuse.samples;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.transfuse.image.Axis;
import io.github.transfuse.image.CalibratedImage;
import io.github.transfuse.image.UnsupportedImageException;
import io.github.transfuse.image.Window;
import io.github.transfuse.inference.NetworkParts;
import io.github.transfuse.inference.Preparation;
import io.github.transfuse.model.InputSpec;
import io.github.transfuse.model.Normalization;
import io.github.transfuse.network.NetworkSpec;
import io.github.transfuse.network.Variant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import net.imglib2.img.array.ArrayImgs;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A window cuts values, and its ends are what the network sees as 0 and 1. */
class WindowTest {
    @ParameterizedTest
    @CsvSource({"lung,-1350,150", "Bone,-500,1300", "'1500,-600',-1350,150", "'0.5 , 1',0.75,1.25", "brain,0,80"})
    void namesAndNumbers(String text, double low, double high) {
        assertEquals(Optional.of(new Window(low, high)), Window.of(text));
    }

    @ParameterizedTest
    @CsvSource({"heart", "'0,5'", "'-10,5'", "1500", "'1,2,3'"})
    void whatIsNoWindow(String text) {
        assertEquals(Optional.empty(), Window.of(text));
    }

    private static Preparation lung(Consumer<String> notes) {
        InputSpec input = new InputSpec(
                InputSpec.Rule.TILE,
                List.of(16, 16),
                0.5,
                new Normalization(Normalization.Kind.WINDOW, List.of(), List.of(), -1350, 150),
                new InputSpec.Sampling(Optional.empty(), "mm", InputSpec.Mode.SLICES, 0));
        return new Preparation(
                Models.of(input, new NetworkSpec(Variant.T, 1, 1, true)),
                List.of(),
                OptionalDouble.empty(),
                Optional.empty(),
                notes);
    }

    @Test
    void valuesOutsideLookLikeItsEnds() throws UnsupportedImageException {
        CalibratedImage ct = CalibratedImage.of(
                "ct", ArrayImgs.shorts(new short[] {-2000, -1350, -600, 150, 3000}, 5, 1), Axis.Kind.X, Axis.Kind.Y);
        List<String> notes = new ArrayList<>();
        NetworkParts planes = lung(notes::add).planes(ct);
        float[] values = new float[5];
        for (int x = 0; x < values.length; x++) {
            values[x] = (float) planes.seen().pixels().getAt(x, 0, 0).getRealDouble();
        }
        planes.seenNormalization().apply(0, values);
        assertArrayEquals(new float[] {0, 0, 0.5f, 1, 1}, values, 1e-6f);
        assertEquals(List.of(), notes);
    }

    @Test
    void picturesAreNoCt() throws UnsupportedImageException {
        CalibratedImage photo =
                CalibratedImage.of("photo", ArrayImgs.unsignedBytes(new byte[5], 5, 1), Axis.Kind.X, Axis.Kind.Y);
        List<String> notes = new ArrayList<>();
        lung(notes::add).planes(photo);
        assertTrue(
                notes.contains(
                        "The window from -1350 to 150 is for the values of CT, but these pixels have 8 bits, from 0 to 255:"
                                + " what is outside of it looks like its ends."),
                notes::toString);
    }
}
