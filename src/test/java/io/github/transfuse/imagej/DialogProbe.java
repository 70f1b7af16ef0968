package io.github.transfuse.imagej;

import ij.IJ;
import ij.ImageJ;
import ij.ImagePlus;
import ij.ImageStack;
import ij.WindowManager;
import ij.gui.GenericDialog;
import ij.plugin.frame.Recorder;
import ij.process.ColorProcessor;
import java.awt.Component;
import java.awt.Container;
import java.awt.EventQueue;
import java.awt.Label;
import java.awt.Rectangle;
import java.awt.TextField;
import java.awt.Window;
import java.awt.datatransfer.DataFlavor;
import java.awt.datatransfer.Transferable;
import java.awt.event.KeyEvent;
import java.io.File;
import java.lang.reflect.InvocationTargetException;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javax.swing.JButton;
import javax.swing.JCheckBox;
import javax.swing.JComboBox;
import javax.swing.JComponent;
import javax.swing.JDialog;
import javax.swing.JLabel;
import javax.swing.JScrollBar;
import javax.swing.JTextField;
import javax.swing.JToggleButton;
import javax.swing.TransferHandler;

/**
 * Plays a user of plain ImageJ: fills in the dialog of the menu item while the recorder is on, runs what was recorded,
 * and presses Esc during a long run. Uses nothing of the product: that is in ImageJ's own class loader.
 */
public final class DialogProbe {
    private static final String COMMAND = "TransFuse Segment...";
    private static final long PATIENCE_MS = 240_000;
    private static final long SETTLING_MS = 500;
    private static final int MANY_SLICES = 3000;

    private DialogProbe() {}

    /**
     * Arguments after those of ImageJ: model folder, threshold, image file, and a folder for results; ends the process.
     */
    public static void main(String[] arguments) throws InterruptedException, InvocationTargetException {
        // Else ImageJ's windows would keep the process alive
        Thread.currentThread().setUncaughtExceptionHandler((thread, failure) -> {
            failure.printStackTrace();
            Runtime.getRuntime().halt(1);
        });
        int own = arguments.length - 4;
        ImageJ.main(Arrays.copyOf(arguments, own));
        record(arguments[own], arguments[own + 1], arguments[own + 2], arguments[own + 3]);
        escape(arguments[own]);
        System.out.flush();
        Runtime.getRuntime().halt(0);
    }

    private static void record(String model, String threshold, String file, String output)
            throws InterruptedException, InvocationTargetException {
        ImagePlus image = IJ.openImage(file);
        image.show();
        activate(image);
        Recorder recorder = new Recorder(false);
        IJ.doCommand(COMMAND);
        chooseModel(image);
        fill(model, threshold);
        ImagePlus labels = await("labels", () -> active(image));
        String recorded = recorded(recorder, COMMAND);
        System.out.println("recorded: " + recorded);
        Recorder.record = false;
        IJ.saveAsTiff(labels, output + "/dialog.tif");
        labels.close();
        activate(image);
        IJ.runMacro(recorded);
        IJ.saveAsTiff(active(image), output + "/macro.tif");
        active(image).close();
        image.close();
    }

    /** What a command recorded; the recorder notes too which windows became active, whose events may come late. */
    static String recorded(Recorder recorder, String command) throws InterruptedException {
        String start = "run(\"" + command + "\"";
        return await("recorded line", () -> recorder.getText()
                .lines()
                .filter(line -> line.startsWith(start))
                .findFirst()
                .orElse(null));
    }

    /** Without a window manager the windows' events come late, those of windows that closed before too. */
    static void activate(ImagePlus image) throws InterruptedException, InvocationTargetException {
        Thread.sleep(SETTLING_MS);
        EventQueue.invokeAndWait(() -> WindowManager.setCurrentWindow(image.getWindow()));
    }

    /** The active image, if it is another one than this. */
    private static ImagePlus active(ImagePlus other) {
        ImagePlus active = WindowManager.getCurrentImage();
        return active == other ? null : active;
    }

    private static void escape(String model) throws InterruptedException, InvocationTargetException {
        ImageStack planes = new ImageStack(64, 64);
        ColorProcessor plane = new ColorProcessor(64, 64);
        for (int i = 0; i < MANY_SLICES; i++) {
            planes.addSlice("", plane.getPixels());
        }
        ImagePlus stack = new ImagePlus("many", planes);
        stack.show();
        activate(stack);
        IJ.doCommand(COMMAND);
        fill(model, "0.5");
        Thread worker = await("the command's thread", DialogProbe::worker);
        await("progress", () -> status().startsWith("TransFuse") ? worker : null);
        Thread.sleep(1000);
        System.out.println("works before Esc: " + worker.isAlive());
        long start = System.nanoTime();
        press(stack, KeyEvent.VK_ESCAPE);
        worker.join(PATIENCE_MS);
        System.out.println("ended after Esc: " + !worker.isAlive());
        System.out.println("milliseconds: " + (System.nanoTime() - start) / 1_000_000);
        System.out.println("images: " + String.join(",", WindowManager.getImageTitles()));
        System.out.println("dialogs: " + dialogs().count() + (dialog() == null ? "" : " and one"));
    }

    private static String status() {
        return parts(IJ.getInstance().getStatusBar())
                .filter(JLabel.class::isInstance)
                .map(part -> ((JLabel) part).getText())
                .findFirst()
                .orElse("");
    }

    /** Presses the button without a model, chooses one from the list, and looks at its preview. */
    private static void chooseModel(ImagePlus image) throws InterruptedException, InvocationTargetException {
        JDialog dialog = await("dialog", DialogProbe::dialog);
        JComboBox<?> models = named(dialog, "model", JComboBox.class);
        System.out.println("first: " + models.getSelectedItem() + ", threshold "
                + named(dialog, "threshold", JTextField.class).getText());
        EventQueue.invokeAndWait(() -> click(dialog, "Segment"));
        await(
                "refusal",
                () -> texts(dialog).stream().anyMatch(text -> text.contains("Choose a model first")) ? dialog : null);
        EventQueue.invokeAndWait(() -> {
            for (int i = 0; i < models.getItemCount(); i++) {
                if (models.getItemAt(i).toString().startsWith("nuclei:")) {
                    models.setSelectedIndex(i);
                }
            }
            box(dialog, "Preview").doClick();
        });
        String told = await("preview", () -> texts(dialog).stream()
                .filter(text -> text.contains("The whole image takes about"))
                .findFirst()
                .orElse(null));
        System.out.println("preview: " + told + " overlay " + image.getOverlay());
        EventQueue.invokeAndWait(() -> box(dialog, "Preview").doClick());
        await("end of the preview", () -> image.getOverlay() == null ? dialog : null);
        System.out.println("chosen: " + models.getSelectedItem());
        EventQueue.invokeAndWait(() -> unfold(dialog));
    }

    /** All rows together are higher than a usual screen. */
    private static void unfold(JDialog dialog) {
        JToggleButton more = parts(dialog)
                .filter(part -> part instanceof JToggleButton button && "More ...".equals(button.getText()))
                .map(JToggleButton.class::cast)
                .findFirst()
                .orElseThrow();
        more.doClick();
        Rectangle screen = new Rectangle(IJ.getScreenSize());
        System.out.println("within the screen: " + screen.contains(dialog.getBounds()) + ", scrolls: "
                + parts(dialog)
                        .anyMatch(part ->
                                part instanceof JScrollBar bar && bar.isVisible() && bar.getHeight() > bar.getWidth()));
        more.doClick();
        System.out.println("folded: " + (dialog.getHeight() < screen.height * 3 / 4));
    }

    static JDialog dialog() {
        return Arrays.stream(Window.getWindows())
                .filter(window -> window.isShowing() && window instanceof JDialog)
                .map(JDialog.class::cast)
                .findFirst()
                .orElse(null);
    }

    static <C extends Component> C named(Container root, String name, Class<C> kind) {
        return parts(root)
                .filter(part -> name.equals(part.getName()) && kind.isInstance(part))
                .map(kind::cast)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no " + name));
    }

    static JCheckBox box(Container root, String text) {
        return parts(root)
                .filter(part -> part instanceof JCheckBox box && text.equals(box.getText()))
                .map(JCheckBox.class::cast)
                .findFirst()
                .orElseThrow();
    }

    static void click(Container root, String label) {
        parts(root)
                .filter(part -> part instanceof JButton button && label.equals(button.getText()))
                .map(JButton.class::cast)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no button " + label))
                .doClick();
    }

    private static Thread worker() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().endsWith(COMMAND))
                .findFirst()
                .orElse(null);
    }

    private static void press(ImagePlus image, int key) throws InterruptedException, InvocationTargetException {
        EventQueue.invokeAndWait(() -> image.getCanvas()
                .dispatchEvent(new KeyEvent(
                        image.getCanvas(),
                        KeyEvent.KEY_PRESSED,
                        System.currentTimeMillis(),
                        0,
                        key,
                        KeyEvent.CHAR_UNDEFINED)));
    }

    private static Stream<GenericDialog> dialogs() {
        return Arrays.stream(Window.getWindows())
                .filter(Window::isShowing)
                .filter(GenericDialog.class::isInstance)
                .map(GenericDialog.class::cast);
    }

    /** Drops the model's folder on the list, types the threshold, ticks nothing, and presses the button. */
    private static void fill(String model, String threshold) throws InterruptedException, InvocationTargetException {
        JDialog dialog = await("dialog", DialogProbe::dialog);
        System.out.println(
                "shown: " + named(dialog, "threshold", JTextField.class).getText());
        EventQueue.invokeAndWait(() -> {
            drop(dialog, new File(model));
            named(dialog, "threshold", JTextField.class).setText(threshold);
            click(dialog, "Segment");
        });
    }

    private static void drop(JDialog dialog, File file) {
        JComponent list = parts(dialog)
                .filter(part -> part.getClass().getSimpleName().equals("ModelPicker"))
                .map(JComponent.class::cast)
                .findFirst()
                .orElseThrow();
        list.getTransferHandler().importData(new TransferHandler.TransferSupport(list, new Dropped(List.of(file))));
    }

    private record Dropped(List<File> files) implements Transferable {
        @Override
        public DataFlavor[] getTransferDataFlavors() {
            return new DataFlavor[] {DataFlavor.javaFileListFlavor};
        }

        @Override
        public boolean isDataFlavorSupported(DataFlavor flavor) {
            return flavor.equals(DataFlavor.javaFileListFlavor);
        }

        @Override
        public Object getTransferData(DataFlavor flavor) {
            return files;
        }
    }

    static Stream<Component> parts(Container root) {
        return Arrays.stream(root.getComponents())
                .flatMap(part -> part instanceof Container inner
                        ? Stream.concat(Stream.of(part), parts(inner))
                        : Stream.of(part));
    }

    static List<String> texts(Container root) {
        return parts(root)
                .filter(part -> part instanceof Label || part instanceof JLabel || part instanceof TextField)
                .map(part -> part instanceof Label label
                        ? label.getText()
                        : part instanceof JLabel line ? line.getText() : ((TextField) part).getText())
                .toList();
    }

    static <T> T await(String what, Supplier<T> condition) throws InterruptedException {
        long end = System.currentTimeMillis() + PATIENCE_MS;
        while (System.currentTimeMillis() < end) {
            T value = condition.get();
            if (value != null) {
                return value;
            }
            Thread.sleep(20);
        }
        throw new IllegalStateException(what + " does not come; status: " + status() + "; windows: "
                + Arrays.stream(Window.getWindows())
                        .filter(Window::isShowing)
                        .map(window -> window.getClass().getSimpleName() + texts(window))
                        .toList());
    }
}
