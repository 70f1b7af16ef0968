package io.github.transfuse.imagej;

import ij.IJ;
import ij.ImageJ;
import ij.ImagePlus;
import ij.ImageStack;
import ij.WindowManager;
import ij.gui.GenericDialog;
import ij.plugin.frame.Recorder;
import ij.process.ColorProcessor;
import java.awt.Button;
import java.awt.Choice;
import java.awt.Component;
import java.awt.Container;
import java.awt.EventQueue;
import java.awt.Label;
import java.awt.TextField;
import java.awt.Window;
import java.awt.event.ActionEvent;
import java.awt.event.KeyEvent;
import java.lang.reflect.InvocationTargetException;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javax.swing.JLabel;

/**
 * Plays a user of plain ImageJ: fills in the dialog of the menu item while the recorder is on, runs what was recorded,
 * and presses Esc during a long run. Uses nothing of the product: that is in ImageJ's own class loader.
 */
public final class DialogProbe {
    private static final String COMMAND = "TransFuse Segment...";
    private static final long PATIENCE_MS = 90_000;
    private static final long SETTLING_MS = 500;
    private static final int MANY_SLICES = 3000;

    private DialogProbe() {}

    /**
     * Arguments after those of ImageJ: model folder, threshold, image file, a folder for results, and folders of images
     * and masks; ends the process.
     */
    public static void main(String[] arguments) throws InterruptedException, InvocationTargetException {
        // Else ImageJ's windows would keep the process alive
        Thread.currentThread().setUncaughtExceptionHandler((thread, failure) -> {
            failure.printStackTrace();
            Runtime.getRuntime().halt(1);
        });
        int own = arguments.length - 6;
        ImageJ.main(Arrays.copyOf(arguments, own));
        record(arguments[own], arguments[own + 1], arguments[own + 2], arguments[own + 3]);
        escape(arguments[own]);
        propose(arguments[own + 4], arguments[own + 5], arguments[own + 3]);
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
        chooseModel();
        fill(model, threshold);
        ImagePlus labels = await("labels", () -> active(image));
        String recorded = await(
                "recorded line",
                () -> recorder.getText().isBlank() ? null : recorder.getText().strip());
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

    /** Without a window manager the windows' events come late, those of windows that closed before too. */
    private static void activate(ImagePlus image) throws InterruptedException, InvocationTargetException {
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
        System.out.println("dialogs: " + dialogs().count());
    }

    private static String status() {
        return parts(IJ.getInstance().getStatusBar())
                .filter(JLabel.class::isInstance)
                .map(part -> ((JLabel) part).getText())
                .findFirst()
                .orElse("");
    }

    /** Lets the dialog for training propose values and show samples, and cancels it. */
    private static void propose(String images, String masks, String output)
            throws InterruptedException, InvocationTargetException {
        IJ.doCommand("TransFuse Train...");
        GenericDialog dialog = await("dialog", () -> dialogs().findFirst().orElse(null));
        EventQueue.invokeAndWait(() -> {
            type(dialog, "Images", images);
            type(dialog, "Masks", masks);
            click(dialog, "Propose values from the images");
        });
        await("values", () -> values(dialog).contains("256x192") ? dialog : null);
        // On AWT's thread, which may still be filling the fields
        EventQueue.invokeAndWait(() -> System.out.println("proposed: " + values(dialog)));
        EventQueue.invokeAndWait(() -> click(dialog, "Show 12 augmented samples"));
        IJ.saveAs(await("samples", () -> WindowManager.getImage("Augmented samples")), "png", output + "/samples.png");
        System.out.println("told: "
                + parts(dialog)
                        .filter(Label.class::isInstance)
                        .map(part -> ((Label) part).getText())
                        .filter(text -> text.contains("auto"))
                        .toList());
        EventQueue.invokeAndWait(() -> click(dialog, "Cancel"));
    }

    private static List<String> values(GenericDialog dialog) {
        return parts(dialog)
                .filter(TextField.class::isInstance)
                .map(part -> ((TextField) part).getText())
                .toList();
    }

    /** Opens the list of models in front of the dialog, and takes the second one. */
    private static void chooseModel() throws InterruptedException, InvocationTargetException {
        GenericDialog dialog = await("dialog", () -> dialogs().findFirst().orElse(null));
        // A dialog is shown shortly before it is modal: one opened meanwhile would wait for it, and not the reverse
        Thread.sleep(SETTLING_MS);
        EventQueue.invokeLater(() -> click(dialog, "Choose a model ..."));
        GenericDialog models = await(
                "list of models",
                () -> dialogs().filter(shown -> shown != dialog).findFirst().orElse(null));
        EventQueue.invokeAndWait(() -> ((Choice) models.getChoices().get(0)).select(1));
        await("choice", () -> ((Choice) models.getChoices().get(0)).getSelectedIndex() == 1 ? models : null);
        EventQueue.invokeAndWait(() ->
                models.actionPerformed(new ActionEvent(models.getButtons()[0], ActionEvent.ACTION_PERFORMED, "OK")));
        await("end of the list", () -> values(dialog).contains("nuclei") ? dialog : null);
        System.out.println("chosen: " + values(dialog));
    }

    private static void click(GenericDialog dialog, String label) {
        Button button = parts(dialog)
                .filter(part -> part instanceof Button candidate
                        && candidate.getLabel().strip().equals(label))
                .map(Button.class::cast)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no button " + label));
        ActionEvent event = new ActionEvent(button, ActionEvent.ACTION_PERFORMED, label);
        Arrays.stream(button.getActionListeners()).forEach(listener -> listener.actionPerformed(event));
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

    /** Types the two values over the dialog's defaults, ticks nothing, and presses OK. */
    private static void fill(String model, String threshold) throws InterruptedException, InvocationTargetException {
        GenericDialog dialog = await("dialog", () -> dialogs().findFirst().orElse(null));
        System.out.println("defaults: " + values(dialog));
        EventQueue.invokeAndWait(() -> {
            type(dialog, "Model", model);
            type(dialog, "Threshold", threshold);
            dialog.actionPerformed(new ActionEvent(dialog.getButtons()[0], ActionEvent.ACTION_PERFORMED, "OK"));
        });
    }

    /** Writes into the text field behind a label. */
    private static void type(GenericDialog dialog, String label, String text) {
        List<Component> parts = parts(dialog).toList();
        int at = 0;
        while (!(parts.get(at) instanceof Label name && name.getText().equals(label))) {
            at++;
        }
        while (!(parts.get(at) instanceof TextField)) {
            at++;
        }
        ((TextField) parts.get(at)).setText(text);
    }

    private static Stream<Component> parts(Container root) {
        return Arrays.stream(root.getComponents())
                .flatMap(part -> part instanceof Container inner
                        ? Stream.concat(Stream.of(part), parts(inner))
                        : Stream.of(part));
    }

    private static List<String> texts(Container root) {
        return parts(root)
                .filter(part -> part instanceof Label || part instanceof JLabel || part instanceof TextField)
                .map(part -> part instanceof Label label
                        ? label.getText()
                        : part instanceof JLabel line ? line.getText() : ((TextField) part).getText())
                .toList();
    }

    private static <T> T await(String what, Supplier<T> condition) throws InterruptedException {
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
