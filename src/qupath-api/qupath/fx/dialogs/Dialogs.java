package qupath.fx.dialogs;

import javafx.scene.Node;

/** Declares what the extension uses of QuPath 0.6 to 0.8, for the compiler only. */
public class Dialogs {
    public static boolean showConfirmDialog(String title, String text) {
        throw new UnsupportedOperationException();
    }

    public static boolean showConfirmDialog(String title, Node content) {
        throw new UnsupportedOperationException();
    }

    public static void showErrorMessage(String title, String message) {
        throw new UnsupportedOperationException();
    }

    public static void showInfoNotification(String title, String message) {
        throw new UnsupportedOperationException();
    }

    public static void showWarningNotification(String title, String message) {
        throw new UnsupportedOperationException();
    }
}
