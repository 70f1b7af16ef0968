package io.github.transfuse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.transfuse.cli.Main;
import io.github.transfuse.model.InputSpec;
import io.github.transfuse.model.OutputSpec;
import io.github.transfuse.model.Variant;
import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.imageio.ImageIO;
import net.imglib2.FinalInterval;
import net.imglib2.position.FunctionRandomAccessible;
import net.imglib2.type.numeric.integer.UnsignedByteType;
import net.imglib2.view.Views;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The steps that are taken when memory runs out, in processes that have little of it. */
class MemoryLimitTest {
    private static final int SIDE = 12_000;

    @TempDir
    Path folder;

    /** A result of 144 MB with a heap of 96 MB. */
    public static final class LowHeap {
        private LowHeap() {}

        /** Segments stripes and prints notes, and how many columns of the last row are foreground. */
        public static void main(String... args) throws IOException {
            FunctionRandomAccessible<UnsignedByteType> stripes = new FunctionRandomAccessible<>(
                    2, (at, value) -> value.set(at.getIntPosition(0) % 100 < 30 ? 200 : 0), UnsignedByteType::new);
            TransFuse model = TransFuse.with(
                    FakeNetworks.model(InputSpec.Rule.TILE, 1, OutputSpec.Kind.CLASSES, Optional.empty()),
                    options -> new FakeNetworks.Times(1));
            Segmentation result = model.settings("tile_size=512x512 overlap=0 batch_size=1 threshold=0.6")
                    .segment(Views.interval(stripes, new FinalInterval(SIDE, SIDE)));
            result.provenance().notes().forEach(System.out::println);
            long foreground = 0;
            for (int x = 0; x < SIDE; x++) {
                foreground += result.labels().getAt(x, SIDE - 1).getIntegerLong();
            }
            System.out.println("foreground " + foreground);
        }
    }

    @Test
    void aResultLargerThanTheHeapGoesToAFile() throws Exception {
        String printed = run(List.of(java(), "-Xmx96m", "-cp", classPath(), LowHeap.class.getName()));
        assertTrue(printed.contains("temporary file"), printed);
        assertTrue(printed.contains("foreground " + SIDE * 30 / 100), printed);
    }

    /** Address space is what {@code ulimit} can cap: allocations of libtorch fail as on a full machine. */
    @Test
    @EnabledOnOs(value = OS.LINUX, architectures = "amd64")
    void aBatchThatDoesNotFitIsHalved() throws Exception {
        BenchmarkModel.write(folder.resolve("model"), Variant.T, 256, 256);
        BufferedImage image = new BufferedImage(900, 640, BufferedImage.TYPE_INT_RGB);
        ImageIO.write(image, "png", folder.resolve("image.png").toFile());
        String java = String.join(
                " ",
                java(),
                "-Xmx256m -XX:+UseSerialGC -XX:ReservedCodeCacheSize=64m -XX:CompressedClassSpaceSize=64m",
                "-cp '" + classPath() + "'",
                Main.class.getName(),
                "segment --batch-size 24 --precision float32 --model '" + folder.resolve("model") + "'",
                "--input '" + folder.resolve("image.png") + "' --output '" + folder.resolve("out") + "'");
        String printed = run(List.of("sh", "-c", "export MALLOC_ARENA_MAX=1; ulimit -v 4300000; exec " + java));
        assertTrue(printed.contains("does not fit into memory: going on with"), printed);
        assertTrue(Files.exists(folder.resolve("out/image-labels.tif")), printed);
    }

    private static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    private static String classPath() {
        return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"))
                .replace("'", "'\\''");
    }

    /** Output of a process that must end well. */
    private String run(List<String> command) throws IOException, InterruptedException {
        File output = folder.resolve("output.txt").toFile();
        Process process = new ProcessBuilder(new ArrayList<>(command))
                .redirectErrorStream(true)
                .redirectOutput(output)
                .start();
        assertTrue(process.waitFor(5, TimeUnit.MINUTES), "the process hangs");
        String printed = Files.readString(output.toPath());
        assertEquals(0, process.exitValue(), printed);
        return printed;
    }
}
