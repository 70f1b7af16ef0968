package io.github.transfuse.cli;

import io.github.transfuse.batch.DistributedRun;
import io.github.transfuse.batch.FileResult;
import io.github.transfuse.batch.ToldOnce;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A line for each file that a cluster has done; a note that goes for many files is told once. */
final class ClusterLines implements DistributedRun.Listener, AutoCloseable {
    private final Terminal terminal;
    private final ToldOnce told = new ToldOnce();
    private Optional<FileProgress> progress = Optional.empty();

    ClusterLines(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public synchronized void begins(long total) {
        progress = Optional.of(new FileProgress(total, terminal.live(), System::nanoTime));
    }

    @Override
    public synchronized void file(FileResult result) {
        FileProgress shown = progress.orElseThrow();
        shown.step(!result.kept());
        shown.makeRoom();
        Path input = Path.of(result.input());
        String name = terminal.names().of(input);
        if (result.isFailed()) {
            String message = terminal.names().within(result.error(), input);
            boolean named = message.contains(input.getFileName().toString());
            terminal.err().println("transfuse: " + (named ? "" : name + ": ") + message);
            return;
        }
        terminal.out().println(name + " (" + facts(result, shown) + ")");
        result.notes().stream().filter(told::isNew).forEach(note -> terminal.err()
                .println("  note: " + terminal.names().within(note, input)));
    }

    private static String facts(FileResult result, FileProgress shown) {
        List<String> facts = new ArrayList<>();
        if (result.objects() >= 0) {
            facts.add(result.objects() + " objects");
        }
        facts.add(result.kept() ? "kept: nothing has changed" : String.format(Locale.ROOT, "%.1f s", result.seconds()));
        shown.words().ifPresent(facts::add);
        return String.join(", ", facts);
    }

    @Override
    public synchronized void parts(long done, long total) {
        if (terminal.live().isPresent()) {
            progress.ifPresent(FileProgress::makeRoom);
            terminal.err().println("  " + done + " of " + total + " parts");
        }
    }

    @Override
    public synchronized void note(String sentence) {
        progress.ifPresent(FileProgress::makeRoom);
        terminal.err().println("note: " + terminal.names().within(sentence));
    }

    @Override
    public synchronized void close() {
        progress.ifPresent(FileProgress::close);
    }
}
