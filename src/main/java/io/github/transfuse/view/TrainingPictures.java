package io.github.transfuse.view;

import io.github.transfuse.engine.EpochReport;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import javax.imageio.ImageIO;

/** Writes {@code curves.png} and {@code preview.png} beside a model, for trainings without a window. */
public final class TrainingPictures {

    private static final int CURVES_WIDTH = 1200;
    private static final int CURVES_HEIGHT = 360;
    private static final int PREVIEW_SIDE = 192;

    private TrainingPictures() {}

    /**
     * Writes the pictures of the epochs so far.
     *
     * @throws IOException if the folder cannot be written
     */
    public static void write(List<EpochReport> reports, Path folder) throws IOException {
        if (reports.isEmpty()) {
            return;
        }
        replace(TrainingCurves.draw(reports, CURVES_WIDTH, CURVES_HEIGHT), folder.resolve("curves.png"));
        EpochReport last = reports.get(reports.size() - 1);
        replace(PreviewStrip.draw(last.timing().previews(), PREVIEW_SIDE), folder.resolve("preview.png"));
    }

    private static void replace(BufferedImage image, Path file) throws IOException {
        Path temporary = file.resolveSibling(file.getFileName() + ".tmp");
        try {
            ImageIO.write(image, "png", temporary.toFile());
            Files.move(temporary, file, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }
}
