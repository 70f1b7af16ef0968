package io.github.transfuse.torch.train;

import io.github.transfuse.engine.EpochReport;
import io.github.transfuse.engine.EpochTable;
import io.github.transfuse.files.WholeFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
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
            lines.addAll(old.subList(Math.min(1, old.size()), Math.min(old.size(), 1 + keptEpochs)));
        }
    }

    /** Adds an epoch. */
    void add(EpochReport report) throws IOException {
        lines.add(EpochTable.line(report));
        WholeFile.write(file, out -> out.write((String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8)));
    }
}
