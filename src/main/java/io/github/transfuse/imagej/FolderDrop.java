package io.github.transfuse.imagej;

import java.awt.datatransfer.Clipboard;
import java.awt.datatransfer.DataFlavor;
import java.awt.datatransfer.UnsupportedFlavorException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import javax.swing.JComponent;
import javax.swing.JTextField;
import javax.swing.TransferHandler;

/** Takes a folder or file that is dropped on a component; text is still pasted and copied as before. */
final class FolderDrop extends TransferHandler {
    private static final long serialVersionUID = 1L;

    private final transient Consumer<Path> taker;
    private final transient Consumer<String> failures;
    private final TransferHandler text;

    /**
     * For a component that holds no text.
     *
     * @param taker is given the first of what is dropped
     * @param failures is told why nothing was taken
     */
    FolderDrop(Consumer<Path> taker, Consumer<String> failures) {
        this(taker, failures, new TransferHandler(null));
    }

    private FolderDrop(Consumer<Path> taker, Consumer<String> failures, TransferHandler text) {
        this.taker = taker;
        this.failures = failures;
        this.text = text;
    }

    /** Lets a field take the path of what is dropped on it. */
    static void into(JTextField field, Consumer<String> failures) {
        field.setTransferHandler(
                new FolderDrop(path -> field.setText(path.toString()), failures, field.getTransferHandler()));
    }

    @Override
    public boolean canImport(TransferSupport support) {
        return support.isDataFlavorSupported(DataFlavor.javaFileListFlavor) || text.canImport(support);
    }

    @Override
    public boolean importData(TransferSupport support) {
        if (!support.isDataFlavorSupported(DataFlavor.javaFileListFlavor)) {
            return text.importData(support);
        }
        try {
            List<?> files = (List<?>) support.getTransferable().getTransferData(DataFlavor.javaFileListFlavor);
            taker.accept(((File) files.get(0)).toPath());
            return true;
        } catch (UnsupportedFlavorException | IOException e) {
            failures.accept("What was dropped is not a folder: " + e.getMessage());
            return false;
        }
    }

    @Override
    public int getSourceActions(JComponent source) {
        return text.getSourceActions(source);
    }

    @Override
    public void exportToClipboard(JComponent source, Clipboard clipboard, int action) {
        text.exportToClipboard(source, clipboard, action);
    }
}
