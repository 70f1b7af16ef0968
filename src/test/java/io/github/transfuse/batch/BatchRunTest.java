package io.github.transfuse.batch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.transfuse.FakeNetworks;
import io.github.transfuse.Segmentation;
import io.github.transfuse.TransFuse;
import io.github.transfuse.image.CalibratedImage;
import io.github.transfuse.image.ImageFiles;
import io.github.transfuse.model.InputSpec.Rule;
import io.github.transfuse.model.OutputSpec.Kind;
import io.github.transfuse.settings.SettingException;
import io.github.transfuse.settings.Settings;
import java.awt.Color;
import java.awt.Graphics;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import net.imglib2.Cursor;
import net.imglib2.RandomAccess;
import net.imglib2.type.numeric.IntegerType;
import net.imglib2.type.numeric.RealType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BatchRunTest {
    @TempDir
    Path folder;

    private final FakeNetworks.Times network = new FakeNetworks.Times(2);

    /** Grey pictures with a white square on black; logits are 2 x (value / 255), so white is foreground. */
    private Path picture(String name, int width, int height) throws IOException {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
        Graphics graphics = image.createGraphics();
        graphics.setColor(Color.WHITE);
        graphics.fillRect(width / 4, height / 4, width / 2, height / 2);
        graphics.dispose();
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        ImageIO.write(image, name.substring(name.lastIndexOf('.') + 1), file.toFile());
        return file;
    }

    private TransFuse model(String settings) {
        return FakeNetworks.open(FakeNetworks.model(Rule.TILE, 1, Kind.INSTANCES, Optional.empty()), options -> network)
                .settings(Settings.parse(settings).with("threshold", 0.7));
    }

    private String paths(String input) {
        return "input=[" + folder.resolve(input) + "] output=[" + folder.resolve("out") + "] ";
    }

    private List<String> written() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("out"))) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void writesAllResultsOfAFile() throws IOException {
        picture("a.png", 80, 60);
        BatchRun.Report report =
                BatchRun.of(model(paths("a.png") + "probabilities overlay")).run(BatchListener.NONE);
        assertEquals(1, report.done());
        assertEquals(List.of("a-labels.json", "a-labels.tif", "a-overlay.png", "a-probabilities.tif"), written());
        JsonObject json = JsonParser.parseString(Files.readString(folder.resolve("out/a-labels.json")))
                .getAsJsonObject();
        assertEquals(1, json.get("objects").getAsInt());
        assertEquals("fake", json.get("model").getAsString());
        BufferedImage overlay = ImageIO.read(folder.resolve("out/a-overlay.png").toFile());
        assertEquals(80, overlay.getWidth());
    }

    @Test
    void filesHaveThePixelsOfTheProgrammingInterface() throws IOException {
        Path file = picture("a.png", 83, 61);
        TransFuse model = model(paths("a.png"));
        BatchRun.of(model).run(BatchListener.NONE);
        Segmentation direct = model.segment(ImageFiles.read(file));
        CalibratedImage stored = ImageFiles.readLabels(folder.resolve("out/a-labels.tif"));
        assertArrayEquals(
                direct.labels().dimensionsAsLongArray(), stored.pixels().dimensionsAsLongArray());
        RandomAccess<? extends RealType<?>> other = stored.pixels().randomAccess();
        Cursor<? extends IntegerType<?>> cursor = direct.labels().localizingCursor();
        long foreground = 0;
        while (cursor.hasNext()) {
            long label = cursor.next().getIntegerLong();
            foreground += label;
            other.setPosition(cursor);
            assertEquals(label, (long) other.get().getRealDouble());
        }
        assertTrue(foreground > 900);
    }

    @Test
    void oneBadFileIsToldAndTheRestGoesOn() throws IOException {
        picture("in/a.png", 40, 40);
        Files.writeString(folder.resolve("in/b.png"), "not an image");
        picture("in/c.png", 40, 40);
        List<String> told = new ArrayList<>();
        BatchRun.Report report = BatchRun.of(model(paths("in"))).run(new BatchListener() {
            @Override
            public void failed(Path input, Throwable cause) {
                told.add(input.getFileName() + ": " + cause.getMessage());
            }
        });
        assertEquals(2, report.done());
        assertEquals(1, report.failed());
        assertTrue(told.get(0).startsWith("b.png"), told.toString());
        assertEquals(List.of("a-labels.json", "a-labels.tif", "c-labels.json", "c-labels.tif"), written());
    }

    private TransFuse withoutNetwork(String settings, String why) {
        return FakeNetworks.open(FakeNetworks.model(Rule.TILE, 1, Kind.INSTANCES, Optional.empty()), options -> {
                    throw new IOException(why);
                })
                .settings(Settings.parse(settings));
    }

    /** The network may have to be fetched, which takes minutes. */
    @Test
    void channelsThatDoNotFitAreToldBeforeTheNetworkIsOpened() throws IOException {
        BufferedImage colours = new BufferedImage(20, 20, BufferedImage.TYPE_INT_RGB);
        ImageIO.write(colours, "png", folder.resolve("a.png").toFile());
        List<String> told = new ArrayList<>();
        BatchRun.Report report = BatchRun.of(withoutNetwork(paths("a.png"), "opened"))
                .run(new BatchListener() {
                    @Override
                    public void failed(Path input, Throwable cause) {
                        told.add(cause.getMessage());
                    }
                });
        assertEquals(1, report.failed());
        assertTrue(told.get(0).contains("the model wants 1 channel(s), but 3 are in the image"), told.toString());
    }

    @Test
    void aNetworkThatCannotBeOpenedEndsTheRun() throws IOException {
        picture("in/a.png", 20, 20);
        picture("in/b.png", 20, 20);
        BatchRun run = BatchRun.of(withoutNetwork(paths("in"), "no engine"));
        assertEquals(
                "no engine",
                assertThrows(IOException.class, () -> run.run(BatchListener.NONE))
                        .getMessage());
    }

    @Test
    void patternsNameFiles() throws IOException {
        picture("in/a1.png", 20, 20);
        picture("in/a2.png", 20, 20);
        picture("in/b.png", 20, 20);
        picture("in/deep/a3.png", 20, 20);
        assertEquals(2, InputFiles.find(folder + "/in/a*.png", false).files().size());
        assertEquals(
                3, InputFiles.find(folder + "/in/{,**/}a*.png", false).files().size());
        assertEquals(3, InputFiles.find(folder + "/in", false).files().size());
        assertThrows(SettingException.class, () -> InputFiles.find(folder + "/in/*.tif", false));
        assertThrows(SettingException.class, () -> InputFiles.find("", false));
    }

    @Test
    void resultsInTheSameFolderAreNotInputs() throws IOException {
        picture("in/a.png", 20, 20);
        String both = "input=[" + folder.resolve("in") + "] output=[" + folder.resolve("in") + "] overlay";
        BatchRun.of(model(both)).run(BatchListener.NONE);
        assertEquals(1, BatchRun.of(model(both)).inputs().size());
    }

    @Test
    void refusesTwoInputsOfOneStem() throws IOException {
        picture("in/a.png", 20, 20);
        picture("in/A.bmp", 20, 20);
        String message = assertThrows(SettingException.class, () -> BatchRun.of(model(paths("in"))))
                .getMessage();
        assertTrue(message.contains("a.png") && message.contains("A.bmp"), message);
    }

    @Test
    void refusesAnOutputThatCannotBeWrittenBeforeAnyWork() throws IOException {
        picture("a.png", 20, 20);
        Files.writeString(folder.resolve("out"), "a file");
        assertThrows(IOException.class, () -> BatchRun.of(model(paths("a.png"))));
        assertTrue(network.shapes.isEmpty());
    }

    @Test
    void refusesAMissingOutput() {
        assertThrows(SettingException.class, () -> BatchRun.of(model("input=a.png")));
    }

    @Test
    void leavesNothingHalfDoneWhenCanceled() throws IOException {
        for (String name : List.of("a", "b", "c", "d", "e", "f")) {
            picture("in/" + name + ".png", 300, 300);
        }
        BatchRun run = BatchRun.of(model(paths("in") + "batch_size=1"));
        BatchListener cancels = new BatchListener() {
            private boolean first;

            @Override
            public void done(Path input, Segmentation result, List<Path> files) {
                first = true;
            }

            @Override
            public boolean isCanceled() {
                return first;
            }
        };
        assertThrows(CancellationException.class, () -> run.run(cancels));
        List<String> written = written();
        assertTrue(written.containsAll(List.of("a-labels.json", "a-labels.tif")), written::toString);
        assertFalse(written.contains("f-labels.tif"), "went on after the cancel");
        assertEquals(0, written.size() % 2, written::toString);
    }

    @Test
    void filesAreToldInOrderByTheThreadThatRuns() throws IOException {
        List<String> names = List.of("a", "b", "c", "d", "e", "f", "g");
        for (String name : names) {
            picture("in/" + name + ".png", name.equals("a") ? 600 : 20, 20);
        }
        Thread runs = Thread.currentThread();
        List<String> told = new ArrayList<>();
        BatchRun.Report report = BatchRun.of(model(paths("in"))).run(new BatchListener() {
            @Override
            public void done(Path input, Segmentation result, List<Path> files) {
                assertSame(runs, Thread.currentThread());
                told.add(input.getFileName().toString().substring(0, 1));
            }

            @Override
            public void report(long done, long total, String step) {
                assertSame(runs, Thread.currentThread());
            }
        });
        assertEquals(names, told);
        assertTrue(report.computing() > 0 && report.computing() <= 1, report::toString);
    }
}
