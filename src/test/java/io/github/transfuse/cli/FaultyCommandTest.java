package io.github.transfuse.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.transfuse.files.FaultPlaces;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Commands in processes of their own whose disk fails below Java, which are killed, or find it full: all results are those
 * of the run before, or all are new. Nothing is left by a process that lives, whatever fails once or for want of room; what
 * killed ones left the next start removes, and nothing of living ones, and its results are those of a run undisturbed.
 */
@Tag("faults")
class FaultyCommandTest {
    /** Tries one command only, by the last word of its name. */
    private static final String ONLY = System.getProperty("transfuse.faults.command", "");

    @TempDir
    private Path folder;

    private FaultShim shim;
    private List<FaultedCommand> commands;

    @BeforeEach
    void compile() throws IOException, InterruptedException {
        Optional<FaultShim> compiled = FaultShim.in(folder);
        assumeTrue(compiled.isPresent(), "a disk that fails needs Linux and a C compiler, cc");
        shim = compiled.orElseThrow();
        commands = new FaultedCommands(folder, shim.disk()).all();
    }

    /** A place of each of the quick commands; where there is time, all events of an image and many of each other command. */
    @Test
    void allCommands() throws IOException, InterruptedException {
        List<String> failures = new ArrayList<>();
        Random random = new Random(FaultPlaces.seed());
        for (FaultedCommand command : commands) {
            if (command.title().endsWith(ONLY) && (FaultPlaces.isFull() || command.isQuick())) {
                FaultLoop loop = new FaultLoop(shim, command);
                loop.run(places(command, loop.events(), random), command.isTriedEverywhere() && FaultPlaces.isFull());
                failures.addAll(loop.failures());
            }
        }
        assertEquals(List.of(), failures);
    }

    private static Iterable<Integer> places(FaultedCommand command, List<String> events, Random random) {
        if (!FaultPlaces.isFull()) {
            return List.of(1 + random.nextInt(events.size()));
        }
        return command.isTriedEverywhere()
                ? IntStream.rangeClosed(1, events.size()).boxed().toList()
                : FaultPlaces.of(events);
    }
}
