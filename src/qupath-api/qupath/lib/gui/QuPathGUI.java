package qupath.lib.gui;

import java.awt.image.BufferedImage;
import java.util.function.Consumer;
import javafx.scene.control.MenuItem;
import javafx.stage.Stage;
import qupath.lib.gui.scripting.ScriptEditor;
import qupath.lib.gui.viewer.QuPathViewer;
import qupath.lib.images.ImageData;
import qupath.lib.projects.Project;

/** Declares what the extension uses of QuPath 0.6 to 0.8, for the compiler only. */
public class QuPathGUI {
    public static QuPathGUI getInstance() {
        throw new UnsupportedOperationException();
    }

    public Stage getStage() {
        throw new UnsupportedOperationException();
    }

    public MenuItem installImageDataCommand(String path, Consumer<ImageData<BufferedImage>> command) {
        throw new UnsupportedOperationException();
    }

    public MenuItem installCommand(String path, Runnable command) {
        throw new UnsupportedOperationException();
    }

    public ImageData<BufferedImage> getImageData() {
        throw new UnsupportedOperationException();
    }

    public Project<BufferedImage> getProject() {
        throw new UnsupportedOperationException();
    }

    public static boolean openInBrowser(String url) {
        throw new UnsupportedOperationException();
    }

    public QuPathViewer getViewer() {
        throw new UnsupportedOperationException();
    }

    public ScriptEditor getScriptEditor() {
        throw new UnsupportedOperationException();
    }
}
