package io.github.transfuse.torch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.transfuse.engine.Device;
import io.github.transfuse.engine.DeviceInfo;
import io.github.transfuse.engine.Precision;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrecisionChoiceTest {

    private static final DeviceInfo NATIVE = new DeviceInfo(Device.CPU, true, "new processor", "", true);
    private static final DeviceInfo OLD = new DeviceInfo(Device.CPU, true, "old processor", "", false);

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "{'bf16_dice':0.999};  BF16",
                "{'bf16_dice':1.0};    BF16",
                "{'bf16_dice':0.9989}; FLOAT32",
                "{};                   FLOAT32",
                "{'bf16_dice':'yes'};  FLOAT32"
            })
    void autoTrustsOnlyARecordedCheck(String checks, Precision expected) {
        JsonObject record = JsonParser.parseString(checks.replace('\'', '"')).getAsJsonObject();
        assertEquals(
                expected,
                PrecisionChoice.forInference(Precision.AUTO, NATIVE, record).precision());
        assertEquals(
                Precision.FLOAT32,
                PrecisionChoice.forInference(Precision.AUTO, OLD, record).precision());
    }

    @Test
    void forcedPrecisionIsKept() {
        PrecisionChoice choice = PrecisionChoice.forInference(Precision.BF16, OLD, new JsonObject());
        assertEquals(Precision.BF16, choice.precision());
        assertTrue(choice.note().contains("slow"));
        assertEquals(
                Precision.FLOAT32,
                PrecisionChoice.forInference(Precision.FLOAT32, NATIVE, new JsonObject())
                        .precision());
    }

    @Test
    void halfPrecisionIsForGpus() {
        assertThrows(
                IllegalArgumentException.class,
                () -> PrecisionChoice.forInference(Precision.FP16, NATIVE, new JsonObject()));
    }

    @Test
    void trainingNeedsNoRecord() {
        assertEquals(
                Precision.BF16,
                PrecisionChoice.forTraining(Precision.AUTO, NATIVE).precision());
        assertEquals(
                Precision.FLOAT32,
                PrecisionChoice.forTraining(Precision.AUTO, OLD).precision());
    }
}
