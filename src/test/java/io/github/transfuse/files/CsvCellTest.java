package io.github.transfuse.files;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvCellTest {

    @ParameterizedTest
    @ValueSource(strings = {"=cmd|' /C calc'!A0", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"})
    void noCellStartsAFormula(String hostile) {
        String cell = CsvCell.of(hostile).replaceFirst("^\"", "");
        assertEquals('\'', cell.charAt(0), cell);
    }

    @Test
    void otherTextStaysAsItIsAndIsQuotedWhereItMust() {
        assertEquals("a=b", CsvCell.of("a=b"));
        assertEquals("", CsvCell.of(""));
        assertEquals("\"a,b\"", CsvCell.of("a,b"));
        assertEquals("\"say \"\"no\"\"\"", CsvCell.of("say \"no\""));
        assertEquals("\"two\nlines\"", CsvCell.of("two\nlines"));
    }
}
