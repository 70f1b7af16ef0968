package io.github.transfuse.imagej;

import io.github.transfuse.engine.EpochReport;
import io.github.transfuse.engine.Preview;
import io.github.transfuse.view.PreviewStrip;
import io.github.transfuse.view.TrainingCurves;
import io.github.transfuse.view.TrainingMonitor;
import java.awt.Dimension;
import java.awt.Graphics;
import java.awt.image.BufferedImage;
import java.util.List;
import javax.swing.JComponent;

/** A picture in the window of a training, drawn anew when an epoch ended or the window changed its size. */
final class TrainingPanel extends JComponent {
    private static final long serialVersionUID = 1L;

    private final transient TrainingMonitor monitor;
    private final transient Picture picture;
    private transient BufferedImage drawn = new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB);
    private Dimension size = new Dimension();
    private int epochs = -1;

    /** What depends on the epochs so far and on the size it has here. */
    @FunctionalInterface
    private interface Picture {
        BufferedImage draw(List<EpochReport> reports, int width, int height);
    }

    private TrainingPanel(TrainingMonitor monitor, Picture picture) {
        this.monitor = monitor;
        this.picture = picture;
    }

    /** Loss, Dice and IoU. */
    static TrainingPanel curves(TrainingMonitor monitor) {
        return new TrainingPanel(monitor, TrainingCurves::draw);
    }

    /** Validation examples of the last epoch. */
    static TrainingPanel strip(TrainingMonitor monitor) {
        return new TrainingPanel(
                monitor, (reports, width, height) -> PreviewStrip.fitting(lastPreviews(reports), width, height));
    }

    private static List<Preview> lastPreviews(List<EpochReport> reports) {
        return reports.isEmpty()
                ? List.of()
                : reports.get(reports.size() - 1).timing().previews();
    }

    /** Draws again if there is something new. */
    void refresh() {
        if (monitor.reports().size() != epochs) {
            repaint();
        }
    }

    @Override
    protected void paintComponent(Graphics graphics) {
        List<EpochReport> reports = monitor.reports();
        if (reports.size() != epochs || !getSize().equals(size)) {
            drawn = picture.draw(reports, getWidth(), getHeight());
            epochs = reports.size();
            size = getSize();
        }
        graphics.drawImage(drawn, 0, 0, null);
    }
}
