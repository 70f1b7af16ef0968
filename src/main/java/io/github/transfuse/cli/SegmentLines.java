package io.github.transfuse.cli;

import io.github.transfuse.Segmentation;
import io.github.transfuse.batch.BatchListener;
import io.github.transfuse.batch.ToldOnce;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Lines for each file that is segmented; a note that goes for many files is told once. */
final class SegmentLines implements BatchListener {
    private final Terminal terminal;
    private final FileProgress progress;
    private final ToldOnce told = new ToldOnce();

    SegmentLines(Terminal terminal, FileProgress progress) {
        this.terminal = terminal;
        this.progress = progress;
    }

    @Override
    public void done(Path input, Segmentation result, List<Path> written) {
        progress.step(true);
        List<String> facts = new ArrayList<>();
        result.objects().ifPresent(count -> facts.add(count + " objects"));
        facts.add(String.format(Locale.ROOT, "%.1f s", result.statistics().seconds()));
        facts.add(result.statistics().device() + " " + result.statistics().precision());
        progress.words().ifPresent(facts::add);
        print(terminal.names().of(input) + " (" + String.join(", ", facts) + ")");
        written.forEach(file -> print("  " + terminal.names().of(file)));
        result.provenance().notes().stream()
                .filter(told::isNew)
                .forEach(note -> warn("  note: " + terminal.names().within(note, input)));
    }

    @Override
    public void kept(Path input, Path labels) {
        progress.step(false);
        String count = progress.words().map(words -> ", " + words).orElse("");
        print(terminal.names().of(input) + " (kept: nothing has changed" + count + ")");
        print("  " + terminal.names().of(labels));
    }

    @Override
    public void again(Path input, String reason) {
        warn("note: " + terminal.names().of(input) + " is segmented again: " + reason + ".");
    }

    @Override
    public void note(String sentence) {
        warn("note: " + terminal.names().within(sentence));
    }

    @Override
    public void failed(Path input, Throwable cause) {
        progress.step(true);
        String message = terminal.names().within(Messages.of(cause), input);
        boolean named = message.contains(input.getFileName().toString());
        warn("transfuse: " + (named ? "" : terminal.names().of(input) + ": ") + message);
    }

    private void print(String line) {
        progress.makeRoom();
        terminal.out().println(line);
    }

    private void warn(String line) {
        progress.makeRoom();
        terminal.err().println(line);
    }
}
