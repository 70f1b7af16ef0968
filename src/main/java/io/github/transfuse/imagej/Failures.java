package io.github.transfuse.imagej;

import ij.IJ;
import ij.Macro;
import java.util.concurrent.CancellationException;

/** Tells the user, and the macro that runs, that a command cannot do its work. */
final class Failures {
    /** Title of error messages. */
    static final String TITLE = "TransFuse";

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
        IJ.error(TITLE, message);
    }

    /** As {@link #report}, on another thread than the macro's, where ImageJ's exception would only be in the way. */
    static void stopMacro(String message) {
        try {
            report(message);
        } catch (RuntimeException e) {
            if (!isMacroStop(e)) {
                throw e;
            }
        }
    }

    /** Whether this is ImageJ's way of stopping a macro. */
    static boolean isMacroStop(Exception e) {
        return e.getMessage() != null && e.getMessage().endsWith(Macro.MACRO_CANCELED);
    }
}
