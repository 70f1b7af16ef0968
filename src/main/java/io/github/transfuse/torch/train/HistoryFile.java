package io.github.transfuse.torch.train;

import io.github.transfuse.engine.EpochReport;
import io.github.transfuse.engine.EpochTable;
import io.github.transfuse.files.WholeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** {@code history.csv}: a line per epoch. A resumed training keeps the lines up to its checkpoint. */
final class HistoryFile {

    private final List<String> lines = new ArrayList<>();

    /** A new history, or the first epochs of an old one. */
    HistoryFile(Path file, int keptEpochs) throws IOException {
        lines.add(EpochTable.HEADER);
        if (keptEpochs > 0 && Files.exists(file)) {
            List<String> old = Files.readAllLines(file);
            lines.addAll(old.subList(Math.min(1, old.size()), Math.min(old.size(), 1 + keptEpochs)));
        }
    }

    /** Adds an epoch, and writes the table to a path for now. */
    void add(EpochReport report, Path staged) throws IOException {
        lines.add(EpochTable.line(report));
        WholeFile.write(staged, String.join("\n", lines) + "\n");
    }
}
