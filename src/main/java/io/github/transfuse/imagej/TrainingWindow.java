package io.github.transfuse.imagej;

import ij.macro.Interpreter;
import io.github.transfuse.view.TrainingMonitor;
import java.awt.BorderLayout;
import java.awt.Dimension;
import java.awt.FlowLayout;
import java.awt.GraphicsEnvironment;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.swing.BorderFactory;
import javax.swing.Box;
import javax.swing.BoxLayout;
import javax.swing.JButton;
import javax.swing.JComponent;
import javax.swing.JFrame;
import javax.swing.JLabel;
import javax.swing.JPanel;
import javax.swing.JProgressBar;
import javax.swing.JScrollPane;
import javax.swing.JTextArea;
import javax.swing.JToggleButton;
import javax.swing.SwingUtilities;
import javax.swing.WindowConstants;

/**
 * The live view of a training: curves, validation examples, status, and buttons to pause and to stop. Closing it does not
 * end the training. Everything here runs on Swing's thread; the monitor may be called from any.
 */
final class TrainingWindow {
    /** Name of the window, for macros and tests. */
    static final String TITLE = "TransFuse training";

    private static final String LEGEND = "<html>Validation images after the last epoch: <font color='#12833c'>truth is"
            + " green</font>, <font color='#c4178a'>the prediction is magenta</font></html>";

    private static final int WIDTH = 980;
    private static final int CURVES_HEIGHT = 300;
    private static final int STRIP_HEIGHT = 190;
    private static final int NOTE_ROWS = 4;
    private static final int PARTS = 1000;

    private final TrainingMonitor monitor;
    private final JFrame frame = new JFrame(TITLE);
    private final List<JLabel> lines = List.of(new JLabel(" "), new JLabel(" "), new JLabel(" "));
    private final TrainingPanel curves;
    private final TrainingPanel strip;
    private final JProgressBar progress = new JProgressBar(0, PARTS);
    private final JTextArea notes = new JTextArea(NOTE_ROWS, 1);
    private final JToggleButton pause = new JToggleButton("Pause");
    private final JButton stop = new JButton("Stop and keep the best");
    private final AtomicBoolean waiting = new AtomicBoolean();
    private int shownNotes;

    private TrainingWindow(TrainingMonitor monitor) {
        this.monitor = monitor;
        curves = TrainingPanel.curves(monitor);
        strip = TrainingPanel.strip(monitor);
        curves.setPreferredSize(new Dimension(WIDTH, CURVES_HEIGHT));
        strip.setPreferredSize(new Dimension(WIDTH, STRIP_HEIGHT));
        notes.setEditable(false);
        notes.setLineWrap(true);
        notes.setWrapStyleWord(true);
        progress.setStringPainted(true);
        pause.addActionListener(event -> pausePressed());
        stop.addActionListener(event -> stopPressed());
        frame.setDefaultCloseOperation(WindowConstants.DISPOSE_ON_CLOSE);
        frame.setContentPane(content());
        frame.pack();
        frame.setLocationByPlatform(true);
    }

    /** Shows a window that follows a training; none without a display and in batch mode. */
    static Optional<TrainingWindow> open(TrainingMonitor monitor) {
        if (GraphicsEnvironment.isHeadless() || Interpreter.isBatchMode()) {
            return Optional.empty();
        }
        TrainingWindow window = new TrainingWindow(monitor);
        monitor.watch(window::changed);
        SwingUtilities.invokeLater(() -> window.frame.setVisible(true));
        window.changed();
        return Optional.of(window);
    }

    private JComponent content() {
        JPanel status = new JPanel();
        status.setLayout(new BoxLayout(status, BoxLayout.Y_AXIS));
        lines.forEach(status::add);
        status.add(Box.createVerticalStrut(6));
        JPanel pictures = new JPanel(new BorderLayout(0, 6));
        pictures.add(curves, BorderLayout.CENTER);
        JPanel examples = new JPanel(new BorderLayout(0, 2));
        examples.add(new JLabel(LEGEND), BorderLayout.NORTH);
        examples.add(strip, BorderLayout.CENTER);
        pictures.add(examples, BorderLayout.SOUTH);
        JPanel buttons = new JPanel(new FlowLayout(FlowLayout.TRAILING, 6, 0));
        buttons.add(pause);
        buttons.add(stop);
        JPanel run = new JPanel(new BorderLayout(6, 6));
        run.add(progress, BorderLayout.CENTER);
        run.add(buttons, BorderLayout.EAST);
        JPanel below = new JPanel(new BorderLayout(0, 6));
        below.add(run, BorderLayout.NORTH);
        below.add(new JScrollPane(notes), BorderLayout.CENTER);
        JPanel all = new JPanel(new BorderLayout(0, 6));
        all.setBorder(BorderFactory.createEmptyBorder(8, 10, 10, 10));
        all.add(status, BorderLayout.NORTH);
        all.add(pictures, BorderLayout.CENTER);
        all.add(below, BorderLayout.SOUTH);
        return all;
    }

    private void pausePressed() {
        monitor.pause(pause.isSelected());
        pause.setText(pause.isSelected() ? "Go on" : "Pause");
    }

    private void stopPressed() {
        monitor.stop();
        pause.setEnabled(false);
        stop.setEnabled(false);
        stop.setText("Stopping ...");
    }

    /** Steps may follow each other faster than they can be drawn. */
    private void changed() {
        if (waiting.compareAndSet(false, true)) {
            SwingUtilities.invokeLater(this::refresh);
        }
    }

    private void refresh() {
        waiting.set(false);
        List<String> status = monitor.status();
        for (int i = 0; i < lines.size(); i++) {
            lines.get(i).setText(i < status.size() ? status.get(i) : " ");
        }
        progress.setValue((int) Math.round(PARTS * monitor.progress()));
        List<String> sentences = monitor.notes();
        sentences.subList(shownNotes, sentences.size()).forEach(note -> notes.append(note + "\n"));
        shownNotes = sentences.size();
        curves.refresh();
        strip.refresh();
    }

    /** Tells how the training ended; the window stays until it is closed. */
    void ended(String sentence) {
        ended(sentence, Optional.empty());
    }

    /**
     * Tells how the training ended, and offers what it made.
     *
     * @param model folder of the model, to segment the active image with
     */
    void ended(String sentence, Optional<Path> model) {
        SwingUtilities.invokeLater(() -> {
            model.ifPresent(this::offer);
            refresh();
            pause.setEnabled(false);
            stop.setEnabled(false);
            stop.setText("Ended");
            notes.append(sentence + "\n");
        });
    }

    private void offer(Path model) {
        JButton segment = new JButton("Segment with it");
        segment.setToolTipText("Opens the dialog for the active image, with this model chosen.");
        segment.addActionListener(event -> SegmentPlugIn.open(model));
        stop.getParent().add(segment);
        frame.validate();
    }
}
