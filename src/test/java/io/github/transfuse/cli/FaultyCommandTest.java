package io.github.transfuse.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.transfuse.RandomModels;
import io.github.transfuse.cli.FaultShim.Fault;
import io.github.transfuse.files.EveryFault;
import io.github.transfuse.files.FaultCounts;
import io.github.transfuse.files.FaultPlaces;
import io.github.transfuse.files.FolderTree;
import io.github.transfuse.files.StagedFiles;
import io.github.transfuse.model.InputSpec;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Commands in processes of their own whose disk fails below Java, which are killed, or find it full: all results are those
 * of the run before, or all are new. Nothing is left by a process that lives, whatever fails once or for want of room; what
 * killed ones left the next start removes, and nothing of living ones.
 */
@Tag("faults")
class FaultyCommandTest {
    @TempDir
    private Path folder;

    private FaultShim shim;
    private Path output;
    private String living = "none";

    @BeforeEach
    void compile() throws IOException, InterruptedException {
        Optional<FaultShim> compiled = FaultShim.in(folder);
        assumeTrue(compiled.isPresent(), "a disk that fails needs Linux and a C compiler, cc");
        shim = compiled.orElseThrow();
        output = Files.createDirectories(shim.disk().resolve("out"));
        RandomModels.write(folder.resolve("model"), InputSpec.Rule.RESIZE, 5);
        draw(folder.resolve("image.png"));
    }

    private static void draw(Path file) throws IOException {
        BufferedImage picture = new BufferedImage(90, 70, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = picture.createGraphics();
        graphics.setColor(Color.ORANGE);
        graphics.fillOval(20, 10, 40, 30);
        graphics.dispose();
        ImageIO.write(picture, "png", file.toFile());
    }

    private String[] segment(double threshold) {
        return new String[] {
            "segment",
            "--model=" + folder.resolve("model"),
            "--input=" + folder.resolve("image.png"),
            "--output=" + output,
            "--precision=float32",
            "--device=cpu",
            "--output-type=instances",
            "--min-size=0",
            "--threshold=" + threshold,
            "--probabilities",
            "--overlay",
            "--table",
            "--rois",
            "--geojson"
        };
    }

    @Test
    void allResultsOfAnImage() throws Exception {
        String[] again = segment(0.6);
        run(again);
        Map<String, String> after = contents();
        restore(Map.of());
        run(segment(0.4));
        Map<String, String> earlier = EveryFault.contents(output);
        Map<String, String> before = contents();
        assertEquals(7, before.size(), before.keySet()::toString);
        before.forEach((name, text) -> assertFalse(text.equals(after.get(name)), name + " differs"));
        List<String> events = shim.events(again);
        assertEquals(after, contents(), "the command in a process of its own");
        try (StagedFiles other = StagedFiles.in(output)) {
            Path held = other.file("of another.txt");
            Files.writeString(held, "whole");
            living = output.relativize(held).getName(0).toString();
            tryAll(events, (fault, at) -> {
                restore(earlier);
                String when = fault + " at " + at + " of " + events.size() + ", " + events.get(at - 1) + ", seed "
                        + FaultPlaces.seed();
                FaultShim.End end = shim.run(fault, at, again);
                check(fault, end, List.of(before, after), when);
                assertEquals("whole", Files.readString(held), when + ": of a living process");
                run(again);
                assertEquals(after, contents(), when + ": the next start");
            });
        }
    }

    private interface Trial {
        void of(Fault fault, int at) throws Exception;
    }

    /** Every failure is told, not only the first one. */
    private static void tryAll(List<String> events, Trial trial) throws Exception {
        Map<Fault, Integer> survived = new EnumMap<>(Fault.class);
        Iterator<Fault> faults = List.of(Fault.values()).iterator();
        List<String> failures = new ArrayList<>();
        for (int at : FaultPlaces.isFull() ? every(events) : FaultPlaces.of(events)) {
            for (Fault fault : FaultPlaces.isFull() ? Fault.values() : new Fault[] {faults.next()}) {
                try {
                    trial.of(fault, at);
                    survived.merge(fault, 1, Integer::sum);
                } catch (AssertionError e) {
                    failures.add(e.getMessage());
                }
            }
        }
        FaultCounts.add("transfuse segment, below Java", survived);
        assertEquals(List.of(), failures);
    }

    private static Iterable<Integer> every(List<String> events) {
        return java.util.stream.IntStream.rangeClosed(1, events.size()).boxed().toList();
    }

    private void check(Fault fault, FaultShim.End end, List<Map<String, String>> known, String when)
            throws IOException {
        if (fault == Fault.KILL) {
            assertEquals(137, end.code(), when + ": " + end.said());
            StagedFiles.sweep(output);
            assertTrue(known.contains(contents()), when + ": neither the earlier results nor the new ones");
        } else {
            assertTrue(end.code() == 0 || end.code() == 1, when + ": " + end);
            assertEquals(known.get(1 - end.code()), contents(), when + ": " + end);
            assertTrue(
                    end.code() == 0
                            || end.said().contains("image")
                            || end.said().contains("out:"),
                    when + " names nothing: " + end.said());
            assertFalse(end.said().contains(".transfuse-"), when + ": " + end.said());
        }
        try (Stream<Path> strays = Files.list(shim.disk().resolve("tmp"))) {
            assertEquals(List.of(), strays.toList(), when);
        }
    }

    /** In this process, on a disk that works. */
    private static void run(String... command) {
        StringWriter said = new StringWriter();
        assertEquals(0, Main.run(new PrintWriter(said), new PrintWriter(said), command), said.toString());
    }

    /** All but what the living process has there. */
    private Map<String, String> contents() throws IOException {
        return ResultContents.of(output, living);
    }

    private void restore(Map<String, String> files) throws IOException {
        try (Stream<Path> present = Files.list(output)) {
            for (Path file : present.filter(Files::isRegularFile).toList()) {
                FolderTree.delete(file);
            }
        }
        for (Map.Entry<String, String> file : files.entrySet()) {
            Files.write(output.resolve(file.getKey()), file.getValue().getBytes(StandardCharsets.ISO_8859_1));
        }
    }
}
