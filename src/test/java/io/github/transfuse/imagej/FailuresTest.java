package io.github.transfuse.imagej;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.IJ;
import ij.ImagePlus;
import ij.WindowManager;
import ij.macro.Interpreter;
import ij.process.ByteProcessor;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * ImageJ makes an image active on a thread for {@code IJ.run(image, ..)} and, when that fails, leaves it so. Public, because a
 * macro calls it.
 */
public class FailuresTest {
    private static final ImagePlus MINE = new ImagePlus("mine", new ByteProcessor(4, 4));
    private static ImagePlus left;

    @AfterEach
    void clear() {
        WindowManager.setTempCurrentImage(null);
    }

    @Test
    void leaveNoImageOnTheThreadOfAScript() throws Exception {
        assertNull(imageAfterFailure());
    }

    /** ImageJ knows only that a macro runs, not on which thread. */
    @Test
    void leaveNoneWhileAMacroRunsElsewhere() {
        left = MINE;
        macro("failOnAnotherThread");
        assertNull(left);
    }

    @Test
    void leaveAMacroItsImage() {
        left = null;
        macro("failOnThisThread");
        assertSame(MINE, left);
    }

    @Test
    void tellWhatHappened() {
        IJ.redirectErrorMessages(true);
        fail("no model");
        assertEquals("no model", IJ.getErrorMessage());
        assertThrows(RuntimeException.class, FailuresTest::stopped);
    }

    @Test
    void areReadInLinesThatFitTheScreen() {
        String word = "x".repeat(120);
        String message =
                "There is no model. ".repeat(20) + word + " and a\nline of its own, " + "which goes on ".repeat(9);
        String wrapped = Failures.wrapped(message);
        assertEquals(message.replace('\n', ' '), wrapped.replace('\n', ' '));
        assertTrue(wrapped.lines().allMatch(line -> line.length() <= 90 || line.equals(word)), wrapped);
        assertTrue(wrapped.lines().filter(line -> line.length() > 70).count() >= 5, wrapped);
        assertEquals("a b", Failures.wrapped("a b"));
        assertEquals("", Failures.wrapped(""));
    }

    private static void stopped() {
        String name = Thread.currentThread().getName();
        Thread.currentThread().setName(name + "Macro$");
        try {
            Failures.report("stops a macro");
        } finally {
            Thread.currentThread().setName(name);
        }
    }

    private static void macro(String method) {
        new Interpreter().run("call('" + FailuresTest.class.getName() + "." + method + "');", "");
    }

    /** Called by a macro. */
    public static String failOnAnotherThread() throws Exception {
        FutureTask<ImagePlus> script = new FutureTask<>(FailuresTest::imageAfterFailure);
        Thread thread = new Thread(script);
        thread.start();
        left = script.get();
        return "";
    }

    /** Called by a macro. */
    public static String failOnThisThread() {
        left = imageAfterFailure();
        return "";
    }

    private static ImagePlus imageAfterFailure() {
        WindowManager.setTempCurrentImage(MINE);
        fail("as meant");
        return WindowManager.getTempCurrentImage();
    }

    private static void fail(String message) {
        try {
            Failures.report(message);
        } catch (RuntimeException e) {
            assertTrue(Failures.isMacroStop(e), e.toString());
        }
    }
}
