package io.github.transfuse.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpellingTest {

    @ParameterizedTest
    @CsvSource({
        "model, model, 0",
        "modle, model, 1",
        "modle, mode, 1",
        "kitten, sitting, 3",
        "ab, ba, 1",
        "abcd, badc, 2",
        "abc, cab, 2",
        "'', abc, 3",
        "abc, '', 3"
    })
    void neighboursThatChangedPlacesAreOneMistake(String a, String b, int distance) {
        assertEquals(distance, Spelling.distance(a, b));
        assertEquals(distance, Spelling.distance(b, a));
    }

    @Test
    void ofSeveralThatAreAsNearTheOneOfTheSameLengthIsMeant() {
        assertEquals("--model", Spelling.nearest("--modle", List.of("--mode", "--model", "--models")));
        assertEquals("--mode", Spelling.nearest("--mod", List.of("--model", "--mode")));
    }
}
