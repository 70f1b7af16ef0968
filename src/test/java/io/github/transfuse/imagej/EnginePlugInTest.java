package io.github.transfuse.imagej;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
    void anUnknownActionIsRefusedWithThoseThatThereAre() {
        assertTrue(assertThrows(IllegalArgumentException.class, () -> EnginePlugIn.act("fetch"))
                .getMessage()
                .endsWith("There are show, install, install for GPUs, remove for GPUs."));
    }
}
