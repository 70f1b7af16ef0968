package io.github.transfuse.imagej;

import ij.IJ;
import ij.Macro;
import ij.WindowManager;
import java.awt.GraphicsEnvironment;
import java.util.concurrent.CancellationException;

/** Tells the user, and the macro that runs, that a command cannot do its work. */
final class Failures {
    /** Title of error messages. */
    static final String TITLE = "TransFuse";

    /** Characters; a word that is longer has a line of its own. */
    private static final int LINE = 90;

    private Failures() {}

    /** What to tell about a failure: its own words where it has some, otherwise its kind too. */
    static String message(Throwable failure) {
        String message = failure.getMessage();
        boolean ours = failure.getClass().getName().startsWith("io.github.transfuse.")
                || failure instanceof IllegalArgumentException
                || failure instanceof CancellationException;
        if (message != null && ours) {
            return message;
        }
        return failure.getClass().getSimpleName() + (message == null ? "" : ": " + message);
    }

    /**
     * Shows a message and stops the macro that runs, if any; without one, a dialog appears.
     *
     * @throws RuntimeException ImageJ's way of stopping a macro, on its thread
     */
    static void report(String message) {
        releaseImage();
        IJ.error(TITLE, GraphicsEnvironment.isHeadless() ? message : wrapped(message));
    }

    /** In lines that fit the screen: the boxes of ImageJ show a line as it is, however long. */
    static String wrapped(String message) {
        StringBuilder lines = new StringBuilder();
        int start = 0;
        for (String word : message.split(" ", -1)) {
            boolean fits = lines.length() + 1 + word.length() - start <= LINE;
            if (lines.length() > 0) {
                lines.append(fits ? ' ' : '\n');
                start = fits ? start : lines.length();
            }
            lines.append(word);
            start = word.contains("\n") ? lines.lastIndexOf("\n") + 1 : start;
        }
        return lines.toString();
    }

    /**
     * To be called before an exception ends {@code IJ.run(image, ..)} of a script, which would leave its image active on the
     * thread: Fiji's threads serve many scripts, and later ones would get it. A macro keeps its image.
     */
    static void releaseImage() {
        // ImageJ knows whether a macro runs, but not on which thread
        boolean macro = StackWalker.getInstance()
                .walk(frames -> frames.anyMatch(frame -> frame.getClassName().startsWith("ij.macro.")));
        if (!macro) {
            WindowManager.setTempCurrentImage(null);
        }
    }

    /** Whether this is ImageJ's way of stopping a macro. */
    static boolean isMacroStop(Exception e) {
        return e.getMessage() != null && e.getMessage().endsWith(Macro.MACRO_CANCELED);
    }
}
