package io.github.transfuse.imagej;

import ij.IJ;
import ij.ImageJ;
import ij.ImagePlus;
import ij.WindowManager;
import ij.plugin.frame.Recorder;
import ij.process.ByteProcessor;
import ij.process.ImageProcessor;
import ij.process.ShortProcessor;
import java.awt.Container;
import java.awt.EventQueue;
import java.awt.Frame;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.IntStream;
import javax.swing.JButton;
import javax.swing.JComboBox;
import javax.swing.JDialog;
import javax.swing.JEditorPane;
import javax.swing.JLabel;
import javax.swing.JTabbedPane;
import javax.swing.JTable;
import javax.swing.JTextField;

/**
 * Plays a user of plain ImageJ who trains on two open images while the recorder is on, runs what was recorded, and looks
 * at folders. Uses nothing of the product: that is in ImageJ's own class loader.
 */
public final class TrainDialogProbe {
    private static final String COMMAND = "TransFuse Train...";
    private static final int SIDE = 64;

    private TrainDialogProbe() {}

    /** Arguments after those of ImageJ: folders of images and of masks, and one for results; ends the process. */
    public static void main(String[] arguments) throws InterruptedException, InvocationTargetException, IOException {
        // Else ImageJ's windows would keep the process alive
        Thread.currentThread().setUncaughtExceptionHandler((thread, failure) -> {
            failure.printStackTrace();
            Runtime.getRuntime().halt(1);
        });
        int own = arguments.length - 3;
        ImageJ.main(Arrays.copyOf(arguments, own));
        lookAtFolders(arguments[own], arguments[own + 1]);
        open("one", 1);
        open("two", 2);
        ImagePlus other = new ImagePlus("other", new ByteProcessor(SIDE, SIDE));
        other.show();
        Path model = Path.of(arguments[own + 2], "trained");
        String recorded = train(model);
        segmentWithIt();
        Files.move(model.resolve("weights.safetensors"), model.resolveSibling("first.safetensors"));
        IJ.runMacro(recorded);
        Files.copy(model.resolve("weights.safetensors"), model.resolveSibling("second.safetensors"));
        remembered();
        System.out.flush();
        Runtime.getRuntime().halt(0);
    }

    /** An image of discs, and its labels. */
    private static void open(String title, int seed) {
        ImageProcessor pixels = new ByteProcessor(SIDE, SIDE);
        ImageProcessor labels = new ShortProcessor(SIDE, SIDE);
        for (int i = 0; i < 3; i++) {
            for (ImageProcessor drawn : new ImageProcessor[] {pixels, labels}) {
                drawn.setValue(drawn == labels ? i + 1 : 200);
                drawn.fillOval(4 + i * 20, 6 + seed * 10, 16, 16);
            }
        }
        new ImagePlus(title + ".tif", pixels).show();
        new ImagePlus(title + "-labels.tif", labels).show();
    }

    private static void lookAtFolders(String images, String masks)
            throws InterruptedException, InvocationTargetException {
        IJ.doCommand(COMMAND);
        JDialog dialog = DialogProbe.await("dialog", DialogProbe::dialog);
        EventQueue.invokeAndWait(() -> {
            System.out.println("folders first: " + tabs(dialog).getSelectedIndex());
            DialogProbe.click(dialog, "Train");
        });
        System.out.println("refused: " + DialogProbe.texts(dialog));
        EventQueue.invokeAndWait(() -> {
            DialogProbe.named(dialog, "images", JTextField.class).setText(images);
            DialogProbe.named(dialog, "masks", JTextField.class).setText(masks);
        });
        look("folders", dialog);
        EventQueue.invokeAndWait(() -> DialogProbe.click(dialog, "Cancel"));
    }

    private static JTabbedPane tabs(Container dialog) {
        return (JTabbedPane) DialogProbe.parts(dialog)
                .filter(JTabbedPane.class::isInstance)
                .findFirst()
                .orElseThrow();
    }

    private static void look(String what, JDialog dialog) throws InterruptedException, InvocationTargetException {
        EventQueue.invokeAndWait(() -> DialogProbe.click(dialog, "Look at the images"));
        JLabel samples = DialogProbe.named(dialog, "samples", JLabel.class);
        DialogProbe.await("samples", samples::getIcon);
        // On AWT's thread, which may still be filling the text
        EventQueue.invokeAndWait(() -> System.out.println("proposed for " + what + ": "
                + DialogProbe.named(dialog, "proposal", JEditorPane.class)
                        .getText()
                        .replaceAll("<[^>]*>|\\s+", " ")));
        System.out.println("samples: " + samples.getIcon().getIconWidth() + " x "
                + samples.getIcon().getIconHeight());
    }

    /** Tries, trains for an epoch, and gives what was recorded. */
    private static String train(Path model) throws InterruptedException, InvocationTargetException {
        Recorder recorder = new Recorder(false);
        IJ.doCommand(COMMAND);
        JDialog dialog = DialogProbe.await("dialog", DialogProbe::dialog);
        JTable table = DialogProbe.named(dialog, "open images", JTable.class);
        DialogProbe.await("objects", () -> cells(table).contains("two-labels.tif 3 objects") ? table : null);
        System.out.println("rows: " + cells(table));
        System.out.println("masks show: "
                + DialogProbe.named(dialog, "mask_type", JComboBox.class).getSelectedItem());
        System.out.println(
                "start: " + DialogProbe.named(dialog, "model", JComboBox.class).getSelectedItem());
        EventQueue.invokeAndWait(() -> {
            DialogProbe.named(dialog, "epochs", JTextField.class).setText("1");
            DialogProbe.named(dialog, "input_rule", JComboBox.class).setSelectedItem("resize");
            DialogProbe.named(dialog, "input_size", JTextField.class).setText("64x64");
            DialogProbe.named(dialog, "output", JTextField.class).setText(model.toString());
        });
        look("open images", dialog);
        EventQueue.invokeAndWait(() -> DialogProbe.click(dialog, "Try one minute"));
        System.out.println("tried: "
                + DialogProbe.await("end of the trial", () -> DialogProbe.texts(dialog).stream()
                        .filter(text -> text.contains("The trial is over"))
                        .findFirst()
                        .orElse(null)));
        System.out.println("kept of the trial: " + Files.exists(model));
        closeTraining();
        EventQueue.invokeAndWait(() -> DialogProbe.click(dialog, "Train"));
        DialogProbe.await("model", () -> segmentButton() ? dialog : null);
        String recorded = DialogProbe.recorded(recorder, COMMAND);
        System.out.println("recorded: " + recorded);
        Recorder.record = false;
        return recorded;
    }

    private static String cells(JTable table) {
        return IntStream.range(0, table.getRowCount())
                .mapToObj(row -> table.getValueAt(row, 0) + " " + table.getValueAt(row, 1) + " "
                        + table.getValueAt(row, 2) + " " + table.getValueAt(row, 3))
                .toList()
                .toString();
    }

    private static Frame training() {
        return Arrays.stream(Frame.getFrames())
                .filter(frame -> "TransFuse training".equals(frame.getTitle()) && frame.isShowing())
                .findFirst()
                .orElse(null);
    }

    private static void closeTraining() throws InterruptedException, InvocationTargetException {
        EventQueue.invokeAndWait(() -> training().dispose());
    }

    private static boolean segmentButton() {
        return training() != null
                && DialogProbe.parts(training())
                        .anyMatch(part -> part instanceof JButton button
                                && button.getText().equals("Segment with it"));
    }

    private static void segmentWithIt() throws InterruptedException, InvocationTargetException {
        DialogProbe.activate(WindowManager.getImage("one.tif"));
        EventQueue.invokeAndWait(() -> DialogProbe.click(training(), "Segment with it"));
        JDialog dialog = DialogProbe.await("dialog for segmenting", DialogProbe::dialog);
        System.out.println("segment: "
                + DialogProbe.named(dialog, "model", JComboBox.class).getSelectedItem() + " in "
                + DialogProbe.texts(dialog));
        EventQueue.invokeAndWait(() -> DialogProbe.click(dialog, "Cancel"));
        closeTraining();
    }

    private static void remembered() throws InterruptedException, InvocationTargetException {
        closeTraining();
        IJ.doCommand(COMMAND);
        JDialog dialog = DialogProbe.await("dialog", DialogProbe::dialog);
        System.out.println("remembered: epochs "
                + DialogProbe.named(dialog, "epochs", JTextField.class).getText());
        EventQueue.invokeAndWait(() -> DialogProbe.click(dialog, "Cancel"));
    }
}
