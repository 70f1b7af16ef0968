package io.github.transfuse.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.transfuse.model.ActivationRanges.Range;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ActivationRangesTest {

    @Test
    void whatIsWrittenIsReadToTheLastBit() {
        ActivationRanges ranges = new ActivationRanges(
                List.of(new Range(0, 0.1f), new Range(-3.4028235e38f / 4, 1e-38f), Range.ZERO, new Range(-1 / 3f, 0)));
        JsonObject checks = JsonParser.parseString("{'other':1}").getAsJsonObject();
        ranges.writeTo(checks);
        JsonObject read = JsonParser.parseString(checks.toString()).getAsJsonObject();
        assertEquals(Optional.of(ranges), ActivationRanges.of(read));
        assertFalse(ActivationRanges.without(read).toString().contains("int8"));
        assertEquals(1, ActivationRanges.without(read).get("other").getAsInt());
        assertEquals(Optional.of(ranges), ActivationRanges.of(read), "the record itself stays");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{'int8_ranges':1}",
                "{'int8_ranges':[1]}",
                "{'int8_ranges':[0,1,0]}",
                "{'int8_ranges':['a',1]}",
                "{'int8_ranges':[null,1]}",
                "{'int8_ranges':[[0],[1]]}",
                "{'int8_ranges':[{},1]}",
                "{'int8_ranges':[1,2]}",
                "{'int8_ranges':[-2,-1]}",
                "{'int8_ranges':[0,1e39]}"
            })
    void whatCannotBeRangesIsNone(String checks) {
        JsonObject json = JsonParser.parseString(checks.replace('\'', '"')).getAsJsonObject();
        assertEquals(Optional.empty(), ActivationRanges.of(json));
    }

    /** Zero, least and most lie on steps from 0 to 255, wherever they are. */
    @ParameterizedTest
    @CsvSource({
        "0, 25.5, 0.1, 0",
        "-25.5, 0, 0.1, 255",
        "-1, 1, 0.00784313725, 128",
        "-1, 3, 0.0156862745, 64",
        "0, 0, 1, 0"
    })
    void steps(float least, float most, double step, int zeroPoint) {
        Range range = new Range(least, most);
        assertEquals(step, range.step(), 1e-6 * step);
        assertEquals(zeroPoint, range.zeroPoint());
    }

    @Test
    void zeroIsAmongThemAndAllIsFinite() {
        for (float[] wrong :
                new float[][] {{1, 2}, {-2, -1}, {Float.NaN, 1}, {0, Float.NaN}, {0, Float.POSITIVE_INFINITY}}) {
            assertThrows(IllegalArgumentException.class, () -> new Range(wrong[0], wrong[1]));
        }
    }
}
