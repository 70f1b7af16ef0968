package io.github.transfuse.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.transfuse.cli.FaultShim.End;
import io.github.transfuse.cli.FaultShim.Fault;
import io.github.transfuse.files.EveryFault;
import io.github.transfuse.files.FaultCounts;
import io.github.transfuse.files.FaultPlaces;
import io.github.transfuse.files.FolderTree;
import io.github.transfuse.files.StagedFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Disturbs a command at some of its events, one in each run, and looks at what it leaves; then starts the next command on a
 * disk that works.
 */
final class FaultLoop {
    private final FaultShim shim;
    private final FaultedCommand work;
    private final Map<Fault, Integer> survived = new EnumMap<>(Fault.class);
    private final List<String> failures = new ArrayList<>();
    private final Map<String, String> earlier;
    private final Map<String, String> before;
    private final Map<String, String> after;
    private final List<String> events;
    private String living = "none";

    FaultLoop(FaultShim shim, FaultedCommand work) throws IOException, InterruptedException {
        this.shim = shim;
        this.work = work;
        restore(Map.of());
        if (work.earlier().length > 0) {
            run(work.earlier());
        }
        earlier = EveryFault.contents(work.output());
        before = contents();
        events = shim.events(work.command());
        after = contents();
        assertFalse(results(before).equals(results(after)), "nothing changes");
        assertNothingIn("tmp", "undisturbed");
    }

    List<String> events() {
        return events;
    }

    /** A trial of each place, or of each place and each fault; every failure is told, not only the first one. */
    void run(Iterable<Integer> places, boolean all) throws IOException, InterruptedException {
        try (StagedFiles other = StagedFiles.in(work.output())) {
            Path held = other.file("of another.txt");
            Files.writeString(held, "whole");
            living = work.output().relativize(held).getName(0).toString();
            int turn = (int) FaultPlaces.seed();
            for (int at : places) {
                turn++;
                Fault[] values = Fault.values();
                for (Fault fault : all ? values : new Fault[] {values[turn % values.length]}) {
                    String when = work.title() + ": " + fault + " at " + at + " of " + events.size() + ", "
                            + events.get(at - 1) + ", seed " + FaultPlaces.seed();
                    try {
                        trial(fault, at, when);
                        assertEquals("whole", Files.readString(held), when + ": of a living process");
                        survived.merge(fault, 1, Integer::sum);
                        tell("survived: " + when);
                    } catch (AssertionError e) {
                        failures.add(e.getMessage());
                        tell(e.getMessage());
                    }
                }
            }
        } finally {
            living = "none";
        }
        FaultCounts.add(work.title() + ", below Java", survived);
    }

    /** What went wrong. */
    List<String> failures() {
        return failures;
    }

    @SuppressWarnings("SystemOut") // a full run takes long, and somebody may look
    private static void tell(String line) {
        if (FaultPlaces.isFull()) {
            System.out.println(line);
        }
    }

    private void trial(Fault fault, int at, String when) throws IOException, InterruptedException {
        restore(earlier);
        End end = shim.run(fault, at, work.command());
        if (fault == Fault.KILL) {
            assertEquals(137, end.code(), when + ": " + end.said());
            StagedFiles.sweep(work.output());
        } else {
            assertTrue(end.code() == 0 || end.code() == 1, when + ": " + end);
            assertTrue(
                    end.code() == 0 || work.names().stream().anyMatch(end.said()::contains),
                    when + " names nothing: " + end.said());
            assertFalse(end.said().contains(".transfuse-"), when + ": " + end.said());
            assertNothingIn("tmp", when);
        }
        Map<String, String> now = contents();
        if (end.code() == 0) {
            boolean said = work.mayLack(end.said());
            assertEquals(said ? results(after) : after, said ? results(now) : now, when + ": " + end);
        } else {
            boolean old = results(now).equals(results(before));
            assertTrue(
                    old || results(now).equals(results(after)),
                    () -> when + ": neither the earlier results nor the new ones: " + differences(now) + " "
                            + end.said());
            now.keySet().stream()
                    .filter(name -> !before.containsKey(name) && !after.containsKey(name))
                    .forEach(name -> assertTrue(work.others().contains(name), when + ": left behind: " + name));
        }
        if (end.code() != 0 || fault == Fault.KILL) {
            run(work.next());
            assertEquals(after, contents(), when + ": the next start");
            assertNothingIn("tmp", when + ": the next start");
        }
    }

    private Map<String, String> results(Map<String, String> files) {
        Map<String, String> results = new TreeMap<>(files);
        results.keySet().removeIf(name -> !work.isResult(name));
        return results;
    }

    private String differences(Map<String, String> now) {
        StringBuilder text = new StringBuilder();
        now.forEach((name, content) -> text.append(name)
                .append(
                        content.equals(before.get(name))
                                ? " old; "
                                : content.equals(after.get(name)) ? " new; " : " other; "));
        return text.toString();
    }

    private void assertNothingIn(String folder, String when) throws IOException {
        try (Stream<Path> strays = Files.list(shim.disk().resolve(folder))) {
            assertEquals(List.of(), strays.toList(), when);
        }
    }

    private void run(String... command) throws IOException, InterruptedException {
        End end = shim.run(command);
        assertEquals(0, end.code(), end::said);
    }

    /** All but what the living process has there. */
    private Map<String, String> contents() throws IOException {
        return work.contents(living);
    }

    private void restore(Map<String, String> files) throws IOException {
        Files.createDirectories(work.output());
        try (Stream<Path> present = Files.list(work.output())) {
            for (Path file : present.toList()) {
                if (!file.endsWith(living)) {
                    FolderTree.delete(file);
                }
            }
        }
        for (Map.Entry<String, String> file : files.entrySet()) {
            Files.write(work.output().resolve(file.getKey()), file.getValue().getBytes(StandardCharsets.ISO_8859_1));
        }
    }
}
