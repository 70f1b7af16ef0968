package io.github.transfuse.imagej;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What the menu item for PyTorch tells and takes. */
class EnginePlugInTest {
    @Test
    void bothKindsAreTold() {
        String text = EnginePlugIn.text();
        assertTrue(text.contains("PyTorch for the processor, "), text);
        assertTrue(text.contains("PyTorch for NVIDIA GPUs, "), text);
    }

    @Test
    void optionsOfAMacroNameTheActionAndNothingElse() {
        assertEquals("install for GPUs", EnginePlugIn.action("action=[install for GPUs] "));
        assertEquals("install", EnginePlugIn.action("action=install"));
        assertEquals("show", EnginePlugIn.action(""));
        for (String wrong : List.of("actoin=install", "install", "action=show gpu", "action=install action=show")) {
            assertTrue(assertThrows(IllegalArgumentException.class, () -> EnginePlugIn.action(wrong))
                    .getMessage()
                    .contains("Write action=, and one of show, install"));
        }
    }

    @Test
    void anUnknownActionIsRefusedWithThoseThatThereAre() {
        assertTrue(assertThrows(IllegalArgumentException.class, () -> EnginePlugIn.act("fetch"))
                .getMessage()
                .endsWith("There are show, install, install for GPUs, remove for GPUs."));
    }
}
