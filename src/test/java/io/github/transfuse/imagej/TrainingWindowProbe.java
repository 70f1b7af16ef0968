package io.github.transfuse.imagej;

import io.github.transfuse.engine.Device;
import io.github.transfuse.engine.EpochReport;
import io.github.transfuse.engine.MemoryEstimate;
import io.github.transfuse.engine.NetworkInfo;
import io.github.transfuse.engine.Precision;
import io.github.transfuse.engine.Preview;
import io.github.transfuse.engine.TrainingSummary;
import io.github.transfuse.view.TrainingMonitor;
import java.awt.Component;
import java.awt.Container;
import java.awt.Frame;
import java.lang.reflect.InvocationTargetException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.swing.AbstractButton;
import javax.swing.JLabel;
import javax.swing.SwingUtilities;

/** Opens the window of a training on a display, presses its buttons, and prints what it shows and asks for. */
public final class TrainingWindowProbe {
    private static final int SIDE = 32;

    private TrainingWindowProbe() {}

    /** Prints, then ends the process. */
    public static void main(String[] arguments) throws InterruptedException, InvocationTargetException {
        TrainingMonitor monitor = new TrainingMonitor();
        TrainingWindow window = TrainingWindow.open(monitor).orElseThrow();
        monitor.prepared(new TrainingSummary(
                20,
                2,
                new NetworkInfo(Device.CPU, Precision.FLOAT32, List.of()),
                new MemoryEstimate(1L << 30),
                List.of("a note")));
        monitor.step(1, 1, 2, 0.5);
        monitor.epoch(report());
        SwingUtilities.invokeAndWait(TrainingWindowProbe::read);
        SwingUtilities.invokeAndWait(() -> press("Pause"));
        System.out.println("then " + monitor.request());
        SwingUtilities.invokeAndWait(() -> press("Go on"));
        System.out.println("then " + monitor.request());
        SwingUtilities.invokeAndWait(() -> press("Stop and keep the best"));
        System.out.println("then " + monitor.request());
        window.ended("Finished");
        SwingUtilities.invokeAndWait(() -> System.out.println("buttons left: " + buttons(frame())));
        System.out.flush();
        Runtime.getRuntime().halt(0);
    }

    private static EpochReport report() {
        Preview preview =
                new Preview("p", SIDE, SIDE, new int[SIDE * SIDE], new byte[SIDE * SIDE], new byte[SIDE * SIDE]);
        return new EpochReport(
                1,
                3,
                new EpochReport.Scores(1, 0.5, 0.4),
                new EpochReport.Scores(1, 0.6, 0.5),
                new EpochReport.Timing(60, 1, 0, true, List.of(preview)));
    }

    private static Frame frame() {
        return Arrays.stream(Frame.getFrames())
                .filter(frame -> frame.getTitle().equals(TrainingWindow.TITLE) && frame.isVisible())
                .findFirst()
                .orElseThrow();
    }

    private static void read() {
        parts(frame(), JLabel.class).forEach(label -> System.out.println("line: " + label.getText()));
    }

    private static List<String> buttons(Container root) {
        return parts(root, AbstractButton.class).stream()
                .filter(Component::isEnabled)
                .map(AbstractButton::getText)
                .filter(text -> !text.isEmpty())
                .toList();
    }

    private static void press(String text) {
        parts(frame(), AbstractButton.class).stream()
                .filter(button -> button.getText().equals(text))
                .findFirst()
                .orElseThrow()
                .doClick();
    }

    private static <T> List<T> parts(Container root, Class<T> type) {
        List<T> found = new ArrayList<>();
        for (Component part : root.getComponents()) {
            if (type.isInstance(part)) {
                found.add(type.cast(part));
            }
            if (part instanceof Container inner) {
                found.addAll(parts(inner, type));
            }
        }
        return found;
    }
}
