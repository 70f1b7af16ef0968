package io.github.transfuse.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrecisionRecordTest {

    @Test
    void whatIsWrittenIsRead() {
        PrecisionRecord record = new PrecisionRecord(
                PrecisionRecord.BF16,
                0.987,
                31,
                Optional.of(new PrecisionRecord.Score("object F1@0.5", 0.8253, 0.8249)));
        JsonObject checks = JsonParser.parseString("{'other':1}").getAsJsonObject();
        record.writeTo(checks);
        assertEquals(Optional.of(record), PrecisionRecord.of(PrecisionRecord.BF16, checks));
        PrecisionRecord without = new PrecisionRecord(PrecisionRecord.BF16, 0.5, 2, Optional.empty());
        without.writeTo(checks);
        assertEquals(
                Optional.of(without), PrecisionRecord.of(PrecisionRecord.BF16, checks), "nothing of before is left");
        assertEquals(1, checks.get("other").getAsInt());
        assertEquals(Optional.empty(), PrecisionRecord.of(PrecisionRecord.BF16, new JsonObject()));
    }

    /** Trusted where labels are the same, or the score is, and enough images say so; a better score is no loss. */
    @ParameterizedTest
    @CsvSource({
        "0.999,  1, 0.9, 0.1,    true",
        "0.9989, 30, 0.9, 0.8981, true",
        "0.9989, 30, 0.9, 0.8979, false",
        "0.9989, 29, 0.9, 0.9,    false",
        "0.2,    30, 0.5, 0.6,    true"
    })
    void trust(double dice, int images, double exact, double rounded, boolean trusted) {
        PrecisionRecord record = new PrecisionRecord(
                PrecisionRecord.BF16, dice, images, Optional.of(new PrecisionRecord.Score("Dice", exact, rounded)));
        assertEquals(trusted, record.isTrusted());
        assertFalse(new PrecisionRecord(PrecisionRecord.BF16, 0.9989, 99, Optional.empty()).isTrusted(), "no score");
        assertTrue(new PrecisionRecord(PrecisionRecord.BF16, 0.999, 1, Optional.empty()).isTrusted());
    }

    @Test
    void theReasonIsToldWithItsFigures() {
        Optional<PrecisionRecord.Score> same = Optional.of(new PrecisionRecord.Score("object F1@0.5", 0.8253, 0.8249));
        Optional<PrecisionRecord.Score> worse = Optional.of(new PrecisionRecord.Score("MCC", 0.7, 0.6));
        assertEquals("bf16_dice 0.99950", new PrecisionRecord(PrecisionRecord.BF16, 0.9995, 3, worse).words());
        assertEquals(
                "bf16_dice 0.99890, less than 0.999",
                new PrecisionRecord(PrecisionRecord.BF16, 0.9989, 36, Optional.empty()).words());
        assertEquals(
                "object F1@0.5 0.8249 in bf16 and 0.8253 in float32 on 36 images",
                new PrecisionRecord(PrecisionRecord.BF16, 0.9989, 36, same).words());
        assertEquals(
                "object F1@0.5 0.8249 in bf16 and 0.8253 in float32 on 2 images, fewer than 30",
                new PrecisionRecord(PrecisionRecord.BF16, 0.9989, 2, same).words());
        assertEquals(
                "MCC 0.6000 in bf16 and 0.7000 in float32 on 36 images, more than 0.002 less",
                new PrecisionRecord(PrecisionRecord.BF16, 0.9989, 36, worse).words());
        assertEquals(
                "Dice 0.99890 against float32 on 36 images; object F1@0.5 0.8249, in float32 0.8253",
                new PrecisionRecord(PrecisionRecord.BF16, 0.9989, 36, same).told());
    }

    /** Alike labels say too little of int8: what it changes need not be what the truth tells. */
    @Test
    void int8IsTrustedForItsScoreAlone() {
        PrecisionRecord.Score same = new PrecisionRecord.Score("Dice", 0.9, 0.8981);
        PrecisionRecord.Score worse = new PrecisionRecord.Score("Dice", 0.9, 0.8979);
        String int8 = PrecisionRecord.INT8;
        assertFalse(new PrecisionRecord(int8, 1, 99, Optional.empty()).isTrusted());
        assertFalse(new PrecisionRecord(int8, 1, 29, Optional.of(same)).isTrusted());
        assertFalse(new PrecisionRecord(int8, 1, 30, Optional.of(worse)).isTrusted());
        PrecisionRecord trusted = new PrecisionRecord(int8, 0.99, 30, Optional.of(same));
        assertTrue(trusted.isTrusted());
        assertEquals("Dice 0.8981 in int8 and 0.9000 in float32 on 30 images", trusted.words());
        assertEquals(
                "int8_dice 0.99950 without a score", new PrecisionRecord(int8, 0.9995, 30, Optional.empty()).words());
        JsonObject checks = new JsonObject();
        trusted.writeTo(checks);
        new PrecisionRecord(PrecisionRecord.BF16, 0.5, 2, Optional.empty()).writeTo(checks);
        assertEquals(Optional.of(trusted), PrecisionRecord.of(int8, checks), "each format has a record of its own");
    }
}
