package io.github.transfuse.image;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LengthsTest {

    @ParameterizedTest
    @CsvSource({"0.5, um, micron, 0.5", "250, nm, micron, 0.25", "1, inch, mm, 25.4", "2, \u00b5m, microns, 2"})
    void spacingsAreConverted(double size, String unit, String wanted, double expected) {
        Axis axis = new Axis(Axis.Kind.X, size, unit);

        assertEquals(expected, Lengths.spacing(axis, wanted).orElseThrow(), 1e-9);
    }

    @Test
    void pixelsAreOneApartWhateverTheCalibration() {
        assertEquals(OptionalDouble.of(1), Lengths.spacing(Axis.of(Axis.Kind.X), "pixel"));
        assertEquals(OptionalDouble.of(1), Lengths.spacing(new Axis(Axis.Kind.X, 0.5, "micron"), "pixel"));
    }

    @Test
    void withoutACalibrationThereIsNoLength() {
        assertEquals(OptionalDouble.empty(), Lengths.spacing(Axis.of(Axis.Kind.X), "micron"));
        assertEquals(OptionalDouble.empty(), Lengths.spacing(new Axis(Axis.Kind.X, 1, "furlong"), "micron"));
    }
}
