package io.github.transfuse.imagej;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ij.Prefs;
import io.github.transfuse.settings.Keys;
import io.github.transfuse.settings.Settings;
import io.github.transfuse.settings.Task;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DialogMemoryTest {
    private final DialogMemory memory = new DialogMemory("test", Task.SEGMENT.specs());

    @AfterEach
    void forget() {
        memory.keep(Settings.segmenting());
    }

    @Test
    void whatWasChosenIsThereTheNextTimeAndWhatIsUsualAgainIsNot() {
        memory.keep(Settings.segmenting().with(Map.of("model", "nuclei", "threshold", "0.4", "overlay", "true")));
        Settings recalled = memory.recall(Settings.segmenting());
        assertEquals(Map.of("model", "nuclei", "threshold", "0.4", "overlay", "true"), recalled.given());
        memory.keep(Settings.segmenting().with(Map.of("model", "nuclei")));
        assertEquals(
                Map.of("model", "nuclei"), memory.recall(Settings.segmenting()).given());
    }

    @Test
    void whatIsNoLongerAllowedIsForgotten() {
        Prefs.set("transfuse.test.threshold", "seven");
        assertEquals(Map.of(), memory.recall(Settings.segmenting()).given());
        assertEquals("", Prefs.get("transfuse.test.threshold", ""));
    }

    @Test
    void macrosDoNotInherit() {
        memory.keep(Settings.segmenting().with(Keys.OVERLAY, true));
        assertEquals(Map.of(), Settings.parse(Task.SEGMENT, "").given());
    }
}
