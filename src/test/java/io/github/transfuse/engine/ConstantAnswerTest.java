package io.github.transfuse.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.transfuse.engine.EpochReport.Scores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConstantAnswerTest {
    private static EpochReport report(double dice, boolean best, ConstantAnswer answer) {
        return new EpochReport(
                3,
                9,
                new Scores(1, 0.5, 0.4),
                new Scores(0.5, dice, 0.7, Double.NaN, Optional.of(answer), Optional.empty()),
                new EpochReport.Timing(1, 2, 0, best, List.of()));
    }

    private static String line(double dice, boolean best, double constant) {
        return report(dice, best, new ConstantAnswer("everything foreground", constant))
                .toLine();
    }

    @Test
    void theBestEpochThatBeatsNothingIsNotPraised() {
        String line = line(0.8824, true, 0.889);
        assertTrue(line.contains("Dice 0.8824 (everything foreground: 0.8890)"), line);
        assertTrue(line.endsWith("  best so far, but has learned nothing yet"), line);
        assertTrue(line(0.88, false, 0.889).endsWith("  has learned nothing yet"));
        assertTrue(line(0.8890004, true, 0.889).endsWith("nothing yet"), "equal as far as it is shown");
        assertTrue(line(0.8892, true, 0.889).endsWith("  best so far"));
        assertFalse(line(0.8892, false, 0.889).contains("so far"));
    }

    private static Scores scores(double dice, double mcc, double constant) {
        return new Scores(
                1,
                dice,
                0.5,
                mcc,
                Optional.of(new ConstantAnswer("everything foreground", constant)),
                Optional.empty());
    }

    /** Dice is high where the foreground is large; the correlation is not. */
    @Test
    void theCorrelationDecides() {
        assertEquals("", scores(0.886, 0.476, 0.889).remark(), "membranes are found");
        assertEquals(ConstantAnswer.NOTHING_LEARNED, scores(0.19, -0.1, 0.161).remark(), "the wrong way round");
        assertEquals(ConstantAnswer.NOTHING_LEARNED, scores(0.9, 0.0499, 0.889).remark(), "a guess");
        assertEquals("", scores(0.9, 0.05, 0.889).remark());
        assertTrue(scores(1, Double.NaN, 1).remark().contains("cannot tell"));
        assertTrue(scores(0.5, 0, 1).remark().contains("cannot tell"));
        assertEquals(
                "MCC 0.4760, Dice 0.8860 (everything foreground: 0.8890)",
                scores(0.886, 0.476, 0.889).text());
        assertEquals(0.476, scores(0.886, 0.476, 0.889).deciding());
        assertEquals(0.7, new Scores(1, 0.7, 0.5).deciding());
    }

    @Test
    void whereTheAnswerIsPerfectNothingCanBeTold() {
        assertTrue(line(0, true, 1).endsWith("best so far, but these images cannot tell whether it has learned"));
        assertFalse(line(1, true, 1).contains(ConstantAnswer.NOTHING_LEARNED));
    }

    @Test
    void theTableKeepsIt(@TempDir Path folder) throws IOException {
        Path file = folder.resolve(EpochTable.FILE);
        EpochReport plain = new EpochReport(
                4,
                9,
                new Scores(1, 0.5, 0.4),
                new Scores(1, 0.5, 0.4),
                new EpochReport.Timing(1, 2, 0, true, List.of()));
        Files.write(
                file,
                List.of(
                        EpochTable.HEADER,
                        EpochTable.line(report(0.25, true, new ConstantAnswer("everything a, b\nc", 0.125))),
                        EpochTable.line(plain)));
        List<EpochReport> read = EpochTable.read(file, 9);
        assertEquals(
                Optional.of(new ConstantAnswer("everything a b c", 0.125)),
                read.get(0).validation().constant());
        assertEquals(Optional.empty(), read.get(1).validation().constant());
        assertTrue(Double.isNaN(read.get(1).validation().mcc()));
        Files.write(
                file,
                List.of(
                        EpochTable.HEADER,
                        EpochTable.line(
                                new EpochReport(1, 9, plain.training(), scores(0.9, 0.25, 0.5), plain.timing()))));
        assertEquals(0.25, EpochTable.read(file, 9).get(0).validation().mcc());
        assertEquals(
                Optional.empty(), EpochTable.read(file, 9).get(0).validation().objects());
        Scores ofObjects = new Scores(1, 0.5, 0.5, 0.25, Optional.empty(), Optional.of(new ObjectScore(0.75, 0.125)));
        Files.write(
                file,
                List.of(
                        EpochTable.HEADER,
                        "1,1.0,1.0,0.5,0.4,1.0,2.00,0.0000,true,0.5,0.4,,,0.3",
                        EpochTable.line(new EpochReport(2, 9, plain.training(), ofObjects, plain.timing()))));
        List<EpochReport> mixed = EpochTable.read(file, 9);
        assertEquals(Optional.empty(), mixed.get(0).validation().objects(), "a line of before");
        assertEquals(
                Optional.of(new ObjectScore(0.75, 0.125)),
                mixed.get(1).validation().objects());
        Files.write(file, List.of(EpochTable.HEADER, EpochTable.line(report(0.25, true, new ConstantAnswer("a", 0)))));
        int columns = EpochTable.HEADER.split(",").length;
        for (String line : Files.readAllLines(file)) {
            assertEquals(columns, line.split(",", -1).length, line);
        }
    }
}
