package io.github.transfuse.torch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.transfuse.engine.Device;
import io.github.transfuse.engine.DeviceInfo;
import io.github.transfuse.engine.Precision;
import io.github.transfuse.torch.infer.Bf16Speed.Trial;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrecisionChoiceTest {

    private static final DeviceInfo NATIVE = new DeviceInfo(Device.CPU, true, "new processor", "", true);
    private static final DeviceInfo OLD = new DeviceInfo(Device.CPU, true, "old processor", "", false);

    private static Trial fast() {
        return new Trial(2.5, "a trial was 2.5 times as fast as float32");
    }

    private static Trial slow() {
        return new Trial(0.4, "a trial was 0.4 times as fast as float32");
    }

    private static Trial never() {
        return fail("nothing is to be tried");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "{'bf16_dice':0.999};  BF16",
                "{'bf16_dice':1.0};    BF16",
                "{'bf16_dice':0.9989}; FLOAT32",
                "{'bf16_dice':0.99,'bf16_n':30,'bf16_score_name':'F1','bf16_score_float32':0.8,'bf16_score':0.7981}; BF16",
                "{'bf16_dice':0.99,'bf16_n':30,'bf16_score_name':'F1','bf16_score_float32':0.8,'bf16_score':0.7979}; FLOAT32",
                "{'bf16_dice':0.99,'bf16_n':29,'bf16_score_name':'F1','bf16_score_float32':0.8,'bf16_score':0.8}; FLOAT32",
                "{'bf16_dice':0.99,'bf16_n':30,'bf16_score_float32':0.8}; FLOAT32",
                "{};                   FLOAT32",
                "{'bf16_dice':'yes'};  FLOAT32"
            })
    void autoTrustsOnlyARecordedCheck(String checks, Precision expected) {
        JsonObject record = JsonParser.parseString(checks.replace('\'', '"')).getAsJsonObject();
        assertEquals(
                expected,
                PrecisionChoice.forInference(Precision.AUTO, NATIVE, record, PrecisionChoiceTest::fast)
                        .precision());
        assertEquals(
                Precision.FLOAT32,
                PrecisionChoice.forInference(Precision.AUTO, OLD, record, PrecisionChoiceTest::never)
                        .precision());
    }

    @Test
    void forcedPrecisionIsKept() {
        PrecisionChoice choice =
                PrecisionChoice.forInference(Precision.BF16, OLD, new JsonObject(), PrecisionChoiceTest::never);
        assertEquals(Precision.BF16, choice.precision());
        assertTrue(choice.note().contains("slow"));
        assertEquals(
                Precision.FLOAT32,
                PrecisionChoice.forInference(Precision.FLOAT32, NATIVE, new JsonObject(), PrecisionChoiceTest::never)
                        .precision());
    }

    @Test
    void halfPrecisionIsForGpus() {
        assertThrows(
                IllegalArgumentException.class,
                () -> PrecisionChoice.forInference(
                        Precision.FP16, NATIVE, new JsonObject(), PrecisionChoiceTest::never));
    }

    @Test
    void trainingNeedsNoRecord() {
        assertEquals(
                Precision.BF16,
                PrecisionChoice.forTraining(Precision.AUTO, NATIVE, PrecisionChoiceTest::fast)
                        .precision());
        assertEquals(
                Precision.FLOAT32,
                PrecisionChoice.forTraining(Precision.AUTO, OLD, PrecisionChoiceTest::never)
                        .precision());
    }

    /** A processor with the instructions whose libtorch has no fast code for them. */
    @Test
    void autoRefusesBf16ThatIsSlower() {
        JsonObject record = new JsonObject();
        record.addProperty("bf16_dice", 1.0);
        for (PrecisionChoice choice : List.of(
                PrecisionChoice.forInference(Precision.AUTO, NATIVE, record, PrecisionChoiceTest::slow),
                PrecisionChoice.forTraining(Precision.AUTO, NATIVE, PrecisionChoiceTest::slow))) {
            assertEquals(Precision.FLOAT32, choice.precision());
            assertEquals(
                    "float32, because bf16 is not faster on 'new processor': a trial was 0.4 times as fast as"
                            + " float32.",
                    choice.note());
        }
    }

    @Test
    void theTrialIsPartOfTheReason() {
        JsonObject record = new JsonObject();
        record.addProperty("bf16_dice", 1.0);
        assertEquals(
                "bf16, because the model records bf16_dice 1.00000; a trial was 2.5 times as fast as float32.",
                PrecisionChoice.forInference(Precision.AUTO, NATIVE, record, PrecisionChoiceTest::fast)
                        .note());
    }

    @Test
    void nothingIsTriedWhereItDoesNotMatter() {
        DeviceInfo gpu = new DeviceInfo(Device.of("cuda:0"), true, "GPU", "", true);
        JsonObject record = new JsonObject();
        record.addProperty("bf16_dice", 1.0);
        assertEquals(
                Precision.BF16,
                PrecisionChoice.forInference(Precision.AUTO, gpu, record, PrecisionChoiceTest::never)
                        .precision());
        assertEquals(
                Precision.BF16,
                PrecisionChoice.forTraining(Precision.AUTO, gpu, PrecisionChoiceTest::never)
                        .precision());
        assertEquals(
                Precision.BF16,
                PrecisionChoice.forInference(Precision.BF16, NATIVE, record, PrecisionChoiceTest::never)
                        .precision());
        assertEquals(
                Precision.FLOAT32,
                PrecisionChoice.forInference(Precision.AUTO, NATIVE, new JsonObject(), PrecisionChoiceTest::never)
                        .precision());
    }
}
