package io.github.transfuse.imagej;

import ij.IJ;
import ij.ImagePlus;
import ij.WindowManager;
import ij.macro.Interpreter;
import java.util.List;
import java.util.Optional;

/**
 * Makes results known to ImageJ, so that the last of them is the active image for whoever asked: a window, a macro in
 * batch mode, or a macro without a display. In batch mode the active image belongs to a thread, and a SciJava command
 * runs on another one than the macro that waits for it.
 */
final class Registration {

    private Registration() {}

    /** Shows the images in order; for commands that run on the thread of their caller. */
    static void show(List<ImagePlus> images) {
        images.forEach(ImagePlus::show);
    }

    /**
     * Completes what SciJava does with a command's outputs: it shows them in a session with windows, but without one
     * registers nothing, and in batch mode leaves the macro's active image as it was.
     *
     * @param images the outputs in order
     * @param headless whether there are no windows
     * @param macroThread the thread that waits for the command
     */
    static void completeOutputs(List<ImagePlus> images, boolean headless, Optional<Thread> macroThread) {
        if (!IJ.isMacro() || images.isEmpty()) {
            return;
        }
        if (headless) {
            show(images);
            // The pool's thread would otherwise offer this image as the active one to a later command
            WindowManager.setTempCurrentImage(null);
        }
        if (headless || Interpreter.isBatchMode()) {
            ImagePlus last = images.get(images.size() - 1);
            macroThread.ifPresent(thread -> WindowManager.setTempCurrentImage(thread, last));
        }
    }
}
