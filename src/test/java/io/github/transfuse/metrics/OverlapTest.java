package io.github.transfuse.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.transfuse.Fixtures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import net.imglib2.img.Img;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.integer.UnsignedByteType;
import org.junit.jupiter.api.Test;

class OverlapTest {
    @Test
    void knownCounts() {
        Overlap overlap = new Overlap(6, 8, 10);
        assertEquals(12.001 / 18.001, overlap.dice(), 1e-15);
        assertEquals(12d / 18, overlap.exactDice(), 1e-15);
        assertEquals(0.5, overlap.iou(), 1e-15);
        assertEquals(0.75, overlap.precision(), 1e-15);
        assertEquals(0.6, overlap.recall(), 1e-15);
    }

    @Test
    void bothEmptyAgree() {
        assertAll(1, new Overlap(0, 0, 0), 0);
        assertAll(1, new Overlap(5, 5, 5), 0);
    }

    @Test
    void oneEmptyDoesNot() {
        assertAll(0, new Overlap(0, 0, 100), 1e-4);
        assertAll(0, new Overlap(0, 100, 0), 1e-4);
    }

    private static void assertAll(double expected, Overlap overlap, double tolerance) {
        assertEquals(expected, overlap.dice(), tolerance);
        assertEquals(expected, overlap.exactDice());
        assertEquals(expected, overlap.iou());
        assertEquals(expected, overlap.precision());
        assertEquals(expected, overlap.recall());
    }

    /** The reference doubles its smoothing in the numerator: 2 (I + e) / (S + e), and smooths IoU. */
    @Test
    void agreesWithTheReferenceUpToItsSmoothing() throws IOException {
        Path file = Fixtures.subset().resolve("metrics.json");
        int checked = 0;
        for (JsonElement element :
                JsonParser.parseString(Files.readString(file)).getAsJsonArray()) {
            JsonObject row = element.getAsJsonObject();
            if (row.has("n_inter")) {
                long predicted = row.get("n_pred").getAsLong();
                long truth = row.get("n_gt").getAsLong();
                Overlap overlap = new Overlap(row.get("n_inter").getAsLong(), predicted, truth);
                double extra = Overlap.EPSILON / (predicted + truth + Overlap.EPSILON);
                assertEquals(row.get("dice").getAsDouble(), overlap.dice() + extra, 1e-12);
                assertEquals(row.get("iou").getAsDouble(), overlap.iou(), 1e-6);
                checked++;
            }
        }
        assertTrue(checked > 0);
    }

    @Test
    void countsPixelsPerClassAndLeavesOutTheIgnored() {
        Img<UnsignedByteType> prediction = Shapes.row(0, 1, 1, 2, 2, 2, 0, 1);
        Img<UnsignedByteType> truth = Shapes.row(0, 1, 2, 2, 2, 0, 0, 255);
        Confusion confusion = Confusion.of(prediction, truth, 3, 255);
        assertEquals(new Overlap(1, 2, 1), confusion.overlap(1));
        assertEquals(new Overlap(2, 3, 3), confusion.overlap(2));
        Exception e = assertThrows(IllegalArgumentException.class, () -> Confusion.of(prediction, truth, 3, -1));
        assertTrue(e.getMessage().contains("255"), e.getMessage());
    }

    @Test
    void scoresEachClassButTheBackground() {
        Img<UnsignedByteType> prediction = Shapes.row(0, 1, 1, 0, 2);
        Img<UnsignedByteType> truth = Shapes.row(0, 0, 1, 0, 0);
        List<Scores> scores = Scores.perClass(prediction, truth, 4, 1, 0.5, 1);
        assertEquals(List.of(1, 2, 3), scores.stream().map(Scores::label).toList());
        assertEquals(new Overlap(1, 2, 1), scores.get(0).overlap());
        assertEquals(0.125, scores.get(0).surface().assd(), 1e-9);
        assertEquals(Double.NaN, scores.get(1).surface().hd95());
        assertEquals(Double.NaN, scores.get(2).surface().hd95(), "neither has it");
        assertThrows(
                IllegalArgumentException.class,
                () -> Scores.perClass(prediction, ArrayImgs.unsignedBytes(4, 1), 4, 1, 1, 1));
    }
}
