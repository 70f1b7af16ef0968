package io.github.transfuse.torch.train;

import io.github.transfuse.engine.EpochReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** {@code history.csv}: a line per epoch. A resumed training keeps the lines up to its checkpoint. */
final class History {

    private static final String HEADER =
            "epoch,training_loss,validation_loss,validation_dice,validation_iou,seconds,images_per_second,waiting,best";

    private final Path file;
    private final List<String> lines = new ArrayList<>();

    /** A new history, or the first epochs of an old one. */
    History(Path file, int keptEpochs) throws IOException {
        this.file = file;
        lines.add(HEADER);
        if (keptEpochs > 0 && Files.exists(file)) {
            List<String> old = Files.readAllLines(file);
            lines.addAll(old.subList(1, Math.min(old.size(), 1 + keptEpochs)));
        }
    }

    /** Adds an epoch. */
    void add(EpochReport report) throws IOException {
        lines.add(String.format(
                Locale.ROOT,
                "%d,%.6f,%.6f,%.6f,%.6f,%.1f,%.2f,%.4f,%s",
                report.epoch(),
                report.training().loss(),
                report.validation().loss(),
                report.validation().dice(),
                report.validation().iou(),
                report.timing().seconds(),
                report.timing().imagesPerSecond(),
                report.timing().waitingShare(),
                report.timing().best()));
        Files.write(file, lines);
    }
}
