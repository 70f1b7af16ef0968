package io.github.transfuse.batch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class ToldOnceTest {
    @Test
    void aNoteOfManyFilesIsToldOnceAmongManyNotesOfOne() {
        ToldOnce told = new ToldOnce();
        int common = 0;
        for (int i = 0; i < 10 * ToldOnce.MAX_NOTES; i++) {
            common += told.isNew("goes for all") ? 1 : 0;
            assertTrue(told.isNew("file " + i));
        }
        assertEquals(1, common);
        assertTrue(told.isNew("file 0"), "it was forgotten");
        told.addAll(List.of("known before"));
        assertFalse(told.isNew("known before"));
    }
}
