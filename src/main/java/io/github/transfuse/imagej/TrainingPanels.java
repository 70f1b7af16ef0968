package io.github.transfuse.imagej;

import io.github.transfuse.engine.EpochReport;
import io.github.transfuse.engine.Preview;
import io.github.transfuse.view.PreviewStrip;
import io.github.transfuse.view.TrainingCurves;
import io.github.transfuse.view.TrainingMonitor;
import java.awt.Graphics;
import java.awt.image.BufferedImage;
import java.util.List;
import javax.swing.JComponent;

/** The pictures in the window of a training, drawn anew when an epoch ended or the window changed its size. */
final class TrainingPanels {
    private TrainingPanels() {}

    /** A picture that depends on the epochs so far and on the size it has here. */
    private abstract static class Panel extends JComponent {
        private static final long serialVersionUID = 1L;

        private final transient TrainingMonitor monitor;
        private transient BufferedImage picture = new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB);
        private int epochs = -1;
        private int side;

        Panel(TrainingMonitor monitor) {
            this.monitor = monitor;
        }

        /** Draws again if there is something new. */
        final void refresh() {
            if (monitor.reports().size() != epochs) {
                repaint();
            }
        }

        @Override
        protected final void paintComponent(Graphics graphics) {
            List<EpochReport> reports = monitor.reports();
            int size = 31 * getWidth() + getHeight();
            if (reports.size() != epochs || size != side) {
                picture = draw(reports);
                epochs = reports.size();
                side = size;
            }
            graphics.drawImage(picture, 0, 0, null);
        }

        abstract BufferedImage draw(List<EpochReport> reports);
    }

    /** Loss, Dice and IoU. */
    static final class Curves extends Panel {
        private static final long serialVersionUID = 1L;

        Curves(TrainingMonitor monitor) {
            super(monitor);
        }

        @Override
        BufferedImage draw(List<EpochReport> reports) {
            return TrainingCurves.draw(reports, getWidth(), getHeight());
        }
    }

    /** Validation examples of the last epoch. */
    static final class Strip extends Panel {
        private static final long serialVersionUID = 1L;

        Strip(TrainingMonitor monitor) {
            super(monitor);
        }

        @Override
        BufferedImage draw(List<EpochReport> reports) {
            List<Preview> previews = reports.isEmpty()
                    ? List.of()
                    : reports.get(reports.size() - 1).timing().previews();
            return PreviewStrip.fitting(previews, getWidth(), getHeight());
        }
    }
}
