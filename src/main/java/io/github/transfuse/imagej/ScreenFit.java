package io.github.transfuse.imagej;

import ij.gui.GUI;
import java.awt.Dimension;
import java.awt.Rectangle;
import java.awt.Window;
import javax.swing.JScrollPane;

/** Keeps a window within its screen, where its buttons can be reached. */
final class ScreenFit {
    private static final int MIN_HEIGHT = 60;
    private static final int LINE = 16;

    private ScreenFit() {}

    /**
     * Packs a window, and moves it up if it would reach beyond the screen; to be used on AWT's thread.
     *
     * @param rows part of it that is made lower, and scrolls, if the window were higher than the screen
     */
    static void pack(Window window, JScrollPane rows) {
        pack(window, rows, null);
        Rectangle screen = GUI.getMaxWindowBounds(window);
        Dimension wanted = rows.getPreferredSize();
        int height = height(wanted.height, window.getHeight(), screen.height);
        if (rows.isVisible() && height < wanted.height) {
            int width = wanted.width + rows.getVerticalScrollBar().getPreferredSize().width;
            rows.getVerticalScrollBar().setUnitIncrement(LINE);
            pack(window, rows, new Dimension(width, height));
        }
        int lowest = screen.y + screen.height - window.getHeight();
        window.setLocation(window.getX(), Math.max(screen.y, Math.min(window.getY(), lowest)));
    }

    private static void pack(Window window, JScrollPane rows, Dimension size) {
        rows.setPreferredSize(size);
        // Otherwise the layouts around it would use the size that they remember
        rows.invalidate();
        window.pack();
    }

    /** How high the rows may be in a window that has this height with all of them. */
    static int height(int rows, int window, int screen) {
        return Math.max(Math.min(rows, MIN_HEIGHT), rows - Math.max(0, window - screen));
    }
}
