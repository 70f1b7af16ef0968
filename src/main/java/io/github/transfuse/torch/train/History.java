package io.github.transfuse.torch.train;

import io.github.transfuse.engine.EpochReport;
import io.github.transfuse.engine.EpochTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** {@code history.csv}: a line per epoch. A resumed training keeps the lines up to its checkpoint. */
final class History {

    private final Path file;
    private final List<String> lines = new ArrayList<>();

    /** A new history, or the first epochs of an old one. */
    History(Path file, int keptEpochs) throws IOException {
        this.file = file;
        lines.add(EpochTable.HEADER);
        if (keptEpochs > 0 && Files.exists(file)) {
            List<String> old = Files.readAllLines(file);
            lines.addAll(old.subList(1, Math.min(old.size(), 1 + keptEpochs)));
        }
    }

    /** Adds an epoch. */
    void add(EpochReport report) throws IOException {
        lines.add(EpochTable.line(report));
        Files.write(file, lines);
    }
}
