package io.github.transfuse.inference;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.github.transfuse.model.InputSpec;
import io.github.transfuse.model.InputSpec.Mode;
import io.github.transfuse.model.InputSpec.Rule;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/** The size of an image at the pixel size of a model. */
class PixelScaleTest {
    private static final List<Integer> SIZE = List.of(32, 32);

    @Test
    void isTheLengthInPixelsOfTheModel() {
        InputSpec input = Specs.input(Rule.TILE, List.of(8, 16, 16), Mode.VOLUME, 4.0, 2.0, 0.5);
        // x of 0.5, y of 2, z of 4
        assertArrayEquals(new long[] {200, 50, 25}, scaled(input, new long[] {100, 100, 50}, 1, 1, 2));
        assertArrayEquals(new long[] {1, 1, 1}, scaled(input, new long[] {1, 1, 1}, 0.1, 0.1, 0.1));
        assertArrayEquals(new long[] {67, 3, 1}, scaled(input, new long[] {100, 9, 2}, 1 / 3.0, 0.6, 2));
    }

    @Test
    void lessThanTwoPercentIsTheSame() {
        InputSpec input = Specs.input(Rule.TILE, SIZE, Mode.SLICES, 1.0, 1.0);
        assertArrayEquals(new long[] {1000, 1000}, scaled(input, new long[] {1000, 1000}, 1.0199, 0.9801));
        assertArrayEquals(new long[] {1021, 979}, scaled(input, new long[] {1000, 1000}, 1.021, 0.979));
    }

    @Test
    void planesAcrossAVolumeHaveTheSizeOfTheLastAxisToo() {
        InputSpec input = Specs.input(Rule.TILE, SIZE, Mode.TRIPLANAR, 2.0, 1.0);
        assertArrayEquals(new long[] {30, 15, 15}, scaled(input, new long[] {10, 10, 10}, 3, 3, 3));
    }

    @Test
    void furtherAxesStay() {
        InputSpec input = Specs.input(Rule.TILE, SIZE, Mode.SLICES, 1.0, 1.0);
        assertArrayEquals(new long[] {20, 20, 10}, scaled(input, new long[] {10, 10, 10}, 2, 2));
    }

    @Test
    void withoutSizesAllStays() {
        long[] size = {10, 20};
        assertSame(
                size, PixelScale.sizeFor(Specs.input(Rule.TILE, SIZE, Mode.SLICES), size, Optional.of(new double[2])));
        InputSpec known = Specs.input(Rule.TILE, SIZE, Mode.SLICES, 1.0, 1.0);
        assertSame(size, PixelScale.sizeFor(known, size, Optional.empty()));
    }

    @Test
    void inMicrons() {
        assertEquals(OptionalDouble.of(0.25), PixelScale.microns(sampling("micron", 0.25, 0.5)));
        assertEquals(0.25, PixelScale.microns(sampling("nm", 250.0, 250.0)).getAsDouble(), 1e-12);
        assertEquals(OptionalDouble.empty(), PixelScale.microns(sampling("pixel", 1.0, 1.0)));
        assertEquals(
                OptionalDouble.empty(),
                PixelScale.microns(new InputSpec.Sampling(Optional.empty(), "micron", Mode.SLICES, 0)));
    }

    private static InputSpec.Sampling sampling(String unit, Double... size) {
        return new InputSpec.Sampling(Optional.of(List.of(size)), unit, Mode.SLICES, 0);
    }

    private static long[] scaled(InputSpec input, long[] size, double... pixelSize) {
        return PixelScale.sizeFor(input, size, Optional.of(pixelSize));
    }
}
