package io.github.transfuse.batch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.transfuse.samples.SamplesException;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class FailureWordsTest {

    @Test
    void casesOfAListAreToldApartInOneLine() {
        assertEquals(
                "They do not match: no mask for a.png; no mask for b.png. Give each one.",
                FailureWords.of(new SamplesException(
                        "They do not match:", List.of("no mask for a.png", "no mask for b.png"), "Give each one.")));
        assertEquals(
                "Not usable: a.png has two slices. b.png is empty. Correct them.",
                FailureWords.of(new SamplesException(
                        "Not usable:", List.of("a.png has two slices.", "b.png is empty."), "Correct them.")));
    }

    @Test
    void linesThatAreNoListStayOneSentence() {
        assertEquals("two lines.tif: no", FailureWords.of(new IOException("two\nlines.tif: no\n")));
    }
}
