package io.github.transfuse.imagej;

import ij.IJ;
import io.github.transfuse.settings.Settings;
import java.awt.EventQueue;
import java.awt.event.WindowAdapter;
import java.awt.event.WindowEvent;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import javax.swing.JComponent;
import javax.swing.JDialog;
import javax.swing.KeyStroke;

/** A window that asks for settings. ImageJ's other windows stay usable until it is answered. */
final class AskWindow {
    private final String title;
    private final Contents contents;
    private final CompletableFuture<Optional<Settings>> answer = new CompletableFuture<>();

    /** What is in the window; called on AWT's thread. */
    interface Contents {
        /** Fills the window, which is not shown yet. */
        void fill(JDialog window) throws IOException;

        /** The window has its size, and is about to be shown. */
        void packed(JDialog window);

        /** The user pressed Esc or closed the window. */
        void canceled();
    }

    AskWindow(String title, Contents contents) {
        this.title = title;
        this.contents = contents;
    }

    /**
     * Asks, and records the answer for a macro; empty if the user pressed Cancel.
     *
     * @throws IOException if the window cannot be filled
     */
    Optional<Settings> ask() throws IOException {
        try {
            if (EventQueue.isDispatchThread()) {
                open(true);
            } else {
                EventQueue.invokeAndWait(() -> open(false));
            }
            Optional<Settings> chosen = answer.get();
            chosen.ifPresent(SettingsDialog::record);
            return chosen;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            EventQueue.invokeLater(contents::canceled);
            return Optional.empty();
        } catch (InvocationTargetException | ExecutionException e) {
            throw new IOException(Failures.message(e.getCause()), e.getCause());
        }
    }

    /** On AWT's thread; a modal window returns when it is closed. */
    private void open(boolean modal) {
        JDialog window = new JDialog(IJ.getInstance(), title, modal);
        try {
            contents.fill(window);
        } catch (IOException e) {
            answer.completeExceptionally(e);
            return;
        }
        window.setDefaultCloseOperation(JDialog.DO_NOTHING_ON_CLOSE);
        window.addWindowListener(new WindowAdapter() {
            @Override
            public void windowClosing(WindowEvent event) {
                contents.canceled();
            }
        });
        window.getRootPane()
                .registerKeyboardAction(
                        event -> contents.canceled(),
                        KeyStroke.getKeyStroke("ESCAPE"),
                        JComponent.WHEN_IN_FOCUSED_WINDOW);
        window.pack();
        window.setLocationRelativeTo(IJ.getInstance());
        contents.packed(window);
        window.setVisible(true);
    }

    /** Ends the asking; empty: the user pressed Cancel. */
    void answer(Optional<Settings> chosen) {
        answer.complete(chosen);
    }
}
