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

class Bf16RecordTest {

    @Test
    void whatIsWrittenIsRead() {
        Bf16Record record =
                new Bf16Record(0.987, 31, Optional.of(new Bf16Record.Score("object F1@0.5", 0.8253, 0.8249)));
        JsonObject checks = JsonParser.parseString("{'other':1}").getAsJsonObject();
        record.writeTo(checks);
        assertEquals(Optional.of(record), Bf16Record.of(checks));
        Bf16Record without = new Bf16Record(0.5, 2, Optional.empty());
        without.writeTo(checks);
        assertEquals(Optional.of(without), Bf16Record.of(checks), "nothing of before is left");
        assertEquals(1, checks.get("other").getAsInt());
        assertEquals(Optional.empty(), Bf16Record.of(new JsonObject()));
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
        Bf16Record record = new Bf16Record(dice, images, Optional.of(new Bf16Record.Score("Dice", exact, rounded)));
        assertEquals(trusted, record.isTrusted());
        assertFalse(new Bf16Record(0.9989, 99, Optional.empty()).isTrusted(), "no score");
        assertTrue(new Bf16Record(0.999, 1, Optional.empty()).isTrusted());
    }

    @Test
    void theReasonIsToldWithItsFigures() {
        Optional<Bf16Record.Score> same = Optional.of(new Bf16Record.Score("object F1@0.5", 0.8253, 0.8249));
        Optional<Bf16Record.Score> worse = Optional.of(new Bf16Record.Score("MCC", 0.7, 0.6));
        assertEquals("bf16_dice 0.99950", new Bf16Record(0.9995, 3, worse).words());
        assertEquals("bf16_dice 0.99890, less than 0.999", new Bf16Record(0.9989, 36, Optional.empty()).words());
        assertEquals(
                "object F1@0.5 0.8249 in bf16 and 0.8253 in float32 on 36 images",
                new Bf16Record(0.9989, 36, same).words());
        assertEquals(
                "object F1@0.5 0.8249 in bf16 and 0.8253 in float32 on 2 images, fewer than 30",
                new Bf16Record(0.9989, 2, same).words());
        assertEquals(
                "MCC 0.6000 in bf16 and 0.7000 in float32 on 36 images, more than 0.002 less",
                new Bf16Record(0.9989, 36, worse).words());
        assertEquals(
                "Dice 0.99890 against float32 on 36 images; object F1@0.5 0.8249, in float32 0.8253",
                new Bf16Record(0.9989, 36, same).told());
    }
}
