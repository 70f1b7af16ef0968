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
import io.github.transfuse.torch.PrecisionChoice.Trials;
import io.github.transfuse.torch.infer.FormatSpeed.Trial;
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

    private static final Trials FAST = new Trials(PrecisionChoiceTest::fast, PrecisionChoiceTest::never);
    private static final Trials SLOW = new Trials(PrecisionChoiceTest::slow, PrecisionChoiceTest::never);
    private static final Trials NEVER = new Trials(PrecisionChoiceTest::never, PrecisionChoiceTest::never);

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
                PrecisionChoice.forInference(Precision.AUTO, NATIVE, record, FAST)
                        .precision());
        assertEquals(
                Precision.FLOAT32,
                PrecisionChoice.forInference(Precision.AUTO, OLD, record, NEVER).precision());
    }

    @Test
    void forcedPrecisionIsKept() {
        PrecisionChoice choice = PrecisionChoice.forInference(Precision.BF16, OLD, new JsonObject(), NEVER);
        assertEquals(Precision.BF16, choice.precision());
        assertTrue(choice.note().contains("slow"));
        assertEquals(
                Precision.FLOAT32,
                PrecisionChoice.forInference(Precision.FLOAT32, NATIVE, new JsonObject(), NEVER)
                        .precision());
    }

    @Test
    void halfPrecisionIsForGpus() {
        assertThrows(
                IllegalArgumentException.class,
                () -> PrecisionChoice.forInference(Precision.FP16, NATIVE, new JsonObject(), NEVER));
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
                PrecisionChoice.forInference(Precision.AUTO, NATIVE, record, SLOW),
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
                PrecisionChoice.forInference(Precision.AUTO, NATIVE, record, FAST)
                        .note());
    }

    @Test
    void nothingIsTriedWhereItDoesNotMatter() {
        DeviceInfo gpu = new DeviceInfo(Device.of("cuda:0"), true, "GPU", "", true);
        JsonObject record = new JsonObject();
        record.addProperty("bf16_dice", 1.0);
        assertEquals(
                Precision.BF16,
                PrecisionChoice.forInference(Precision.AUTO, gpu, record, NEVER).precision());
        assertEquals(
                Precision.BF16,
                PrecisionChoice.forTraining(Precision.AUTO, gpu, PrecisionChoiceTest::never)
                        .precision());
        assertEquals(
                Precision.BF16,
                PrecisionChoice.forInference(Precision.BF16, NATIVE, record, NEVER)
                        .precision());
        assertEquals(
                Precision.FLOAT32,
                PrecisionChoice.forInference(Precision.AUTO, NATIVE, new JsonObject(), NEVER)
                        .precision());
    }

    private static final String CALIBRATED = "'int8_ranges':[0,1]";
    private static final String GOOD =
            "'int8_dice':0.99,'int8_n':30,'int8_score_name':'F1','int8_score_float32':0.8,'int8_score':0.8";

    private static JsonObject json(String... parts) {
        return JsonParser.parseString("{" + String.join(",", parts).replace('\'', '"') + "}")
                .getAsJsonObject();
    }

    private static Trials trials(double bf16, double int8) {
        return new Trials(() -> new Trial(bf16, "b"), () -> new Trial(int8, "a trial was fast"));
    }

    /** bf16 where it is faster than float32, otherwise int8 where that is, and a small gain is no reason to round. */
    @ParameterizedTest
    @CsvSource({
        "true,  2.0, 9.0, BF16",
        "false, 2.0, 1.11, INT8",
        "false, 2.0, 1.09, FLOAT32",
        "true,  0.9, 2.1, INT8",
        "true,  0.9, 1.0, FLOAT32",
        "false, 2.0, 1.2, INT8",
        "false, 2.0, 1.0, FLOAT32",
        "true,  2.0, 0.0, BF16"
    })
    void autoTakesInt8WhereBf16IsNotFaster(boolean hasBf16, double bf16, double int8, Precision expected) {
        DeviceInfo device = hasBf16 ? NATIVE : OLD;
        JsonObject record = json("'bf16_dice':1.0", CALIBRATED, GOOD);
        PrecisionChoice choice = PrecisionChoice.forInference(Precision.AUTO, device, record, trials(bf16, int8));
        assertEquals(expected, choice.precision(), choice::note);
        if (expected == Precision.INT8) {
            assertEquals(
                    "int8, because the model records F1 0.8000 in int8 and 0.8000 in float32 on 30 images; a trial was"
                            + " fast.",
                    choice.note());
        }
    }

    @Test
    void autoTakesInt8WithItsRecordOnly() {
        DeviceInfo gpu = new DeviceInfo(Device.of("cuda:0"), true, "GPU", "", true);
        Trials fast = trials(2, 9);
        String worse = GOOD.replace("'int8_score':0.8", "'int8_score':0.79");
        for (JsonObject record : List.of(json(GOOD), json(CALIBRATED), json(CALIBRATED, worse))) {
            assertEquals(
                    Precision.FLOAT32,
                    PrecisionChoice.forInference(Precision.AUTO, OLD, record, fast)
                            .precision(),
                    record::toString);
        }
        assertEquals(
                Precision.FLOAT32,
                PrecisionChoice.forInference(Precision.AUTO, gpu, json(CALIBRATED, GOOD), fast)
                        .precision(),
                "int8 is for processors");
    }

    @Test
    void int8AsAskedNeedsACalibrationAndAProcessorForIt() {
        DeviceInfo gpu = new DeviceInfo(Device.of("cuda:0"), true, "GPU", "", true);
        Trials possible = trials(2, 0.5);
        assertEquals(
                "int8, as asked; the model records no check that it passed.",
                PrecisionChoice.forInference(Precision.INT8, OLD, json(CALIBRATED), possible)
                        .note());
        assertEquals(
                "int8, as asked.",
                PrecisionChoice.forInference(Precision.INT8, OLD, json(CALIBRATED, GOOD), possible)
                        .note());
        assertRefused("needs a calibration", OLD, json(GOOD), possible);
        assertRefused("is for processors", gpu, json(CALIBRATED), possible);
        assertRefused("is not possible here: a trial was fast", OLD, json(CALIBRATED), trials(2, 0));
        assertTrue(assertThrows(
                        IllegalArgumentException.class,
                        () -> PrecisionChoice.forTraining(Precision.INT8, NATIVE, PrecisionChoiceTest::never))
                .getMessage()
                .contains("is for segmenting"));
    }

    private static void assertRefused(String why, DeviceInfo device, JsonObject record, Trials trials) {
        IllegalArgumentException refused = assertThrows(
                IllegalArgumentException.class,
                () -> PrecisionChoice.forInference(Precision.INT8, device, record, trials));
        assertTrue(refused.getMessage().contains(why), refused.getMessage());
        assertTrue(refused.getMessage().contains("Use precision=auto"), refused.getMessage());
    }
}
