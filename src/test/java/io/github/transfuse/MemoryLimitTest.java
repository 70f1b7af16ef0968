package io.github.transfuse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.transfuse.bench.BenchmarkModel;
import io.github.transfuse.cli.Main;
import io.github.transfuse.image.Axis;
import io.github.transfuse.image.CalibratedImage;
import io.github.transfuse.image.ImageFiles;
import io.github.transfuse.image.ResultFiles;
import io.github.transfuse.model.InputSpec;
import io.github.transfuse.model.ModelFolder;
import io.github.transfuse.model.ModelSpec;
import io.github.transfuse.model.OutputSpec;
import io.github.transfuse.network.NetworkSpec;
import io.github.transfuse.network.Variant;
import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.imageio.ImageIO;
import net.imglib2.FinalInterval;
import net.imglib2.position.FunctionRandomAccessible;
import net.imglib2.type.numeric.RealType;
import net.imglib2.type.numeric.integer.UnsignedByteType;
import net.imglib2.type.numeric.integer.UnsignedShortType;
import net.imglib2.view.Views;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

    /** Volumes of 13 million voxels, whose result and logits are each larger than a heap of 48 MB. */
    public static final class LargeVolume {
        private static final long[] SIZE = {256, 256, 200};

        private LargeVolume() {}

        /** Segments slabs along z and prints how many slices of the middle column are foreground. */
        public static void main(String... args) throws IOException {
            FunctionRandomAccessible<UnsignedByteType> slabs = new FunctionRandomAccessible<>(
                    3, (at, value) -> value.set(at.getIntPosition(2) % 50 < 20 ? 200 : 0), UnsignedByteType::new);
            Axis[] axes = {
                new Axis(Axis.Kind.X, 1, "mm"), new Axis(Axis.Kind.Y, 1, "mm"), new Axis(Axis.Kind.Z, 1.5, "mm")
            };
            CalibratedImage image = new CalibratedImage(
                    "slabs", Views.interval(slabs, new FinalInterval(SIZE)), List.of(axes), false, List.of());
            TransFuse model = TransFuse.with(model(args[0]), options -> new FakeNetworks.Times(1));
            Segmentation result =
                    model.settings("overlap=0 batch_size=8 threshold=0.6").segment(image);
            System.out.println("objects " + result.objects().orElseThrow());
            long foreground = 0;
            for (int z = 0; z < SIZE[2]; z++) {
                foreground += result.labels().getAt(128, 128, z).getIntegerLong() > 0 ? 1 : 0;
            }
            System.out.println("foreground " + foreground);
        }

        private static ModelFolder model(String mode) {
            ModelFolder planes =
                    FakeNetworks.model(InputSpec.Rule.TILE, 1, OutputSpec.Kind.INSTANCES, Optional.empty());
            if (mode.equals("slices")) {
                return planes;
            }
            boolean volume = mode.equals("volume");
            ModelSpec like = planes.spec();
            InputSpec input = new InputSpec(
                    InputSpec.Rule.TILE,
                    volume ? List.of(32, 64, 64) : List.of(64, 64),
                    0,
                    like.input().normalization(),
                    new InputSpec.Sampling(
                            Optional.of(volume ? List.of(1.0, 1.0, 1.0) : List.of(1.0, 1.0)),
                            "mm",
                            volume ? InputSpec.Mode.VOLUME : InputSpec.Mode.TRIPLANAR,
                            0));
            Variant variant = volume ? Variant.T3D : Variant.T;
            ModelSpec spec = new ModelSpec(
                    like.identity(), new NetworkSpec(variant, 1, 1, true), input, like.output(), like.history());
            return new ModelFolder(Path.of("fake"), spec, "0".repeat(64));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"slices", "triplanar", "volume"})
    void aVolumeLargerThanTheHeapIsSegmented(String mode) throws Exception {
        String printed = run(List.of(java(), "-Xmx48m", "-cp", classPath(), LargeVolume.class.getName(), mode));
        assertTrue(printed.contains("objects 4"), printed);
        assertTrue(printed.contains("foreground 80"), printed);
    }

    @Test
    void aResultLargerThanTheHeapGoesToAFile() throws Exception {
        String printed = run(List.of(java(), "-Xmx96m", "-cp", classPath(), LowHeap.class.getName()));
        assertTrue(printed.contains("temporary file"), printed);
        assertTrue(printed.contains("foreground " + SIDE * 30 / 100), printed);
    }

    /** 16-bit voxels of 120 MB, and labels of 60 MB, on the command line with a heap of 64 MB. */
    @Test
    void aStackLargerThanTheHeapIsSegmentedFromItsFile() throws Exception {
        Path stack = folder.resolve("large.tif");
        writeStack(stack, 2000, 1500, 20);
        RandomModels.write(folder.resolve("model"), InputSpec.Rule.RESIZE, 5);
        List<String> command = new ArrayList<>(List.of(java(), "-Xmx64m", "-cp", classPath(), Main.class.getName()));
        command.addAll(List.of("segment", "--precision", "float32", "--model"));
        command.addAll(List.of(folder.resolve("model").toString(), "--input", stack.toString()));
        command.addAll(List.of("--output", folder.resolve("out").toString()));
        String printed = run(command);
        assertTrue(printed.contains("temporary file"), printed);
        CalibratedImage labels = ImageFiles.read(folder.resolve("out/large-labels.tif"));
        assertEquals("X 2000, Y 1500, Z 20", labels.describe());
        assertEquals(1.5, labels.axes().get(2).size(), 1e-6);
        long[] counts = new long[2];
        for (RealType<?> label :
                Views.flatIterable(labels.slice(Axis.Kind.Z, 19).pixels())) {
            counts[(int) label.getRealDouble()]++;
        }
        assertTrue(counts[0] > 0 && counts[1] > 0, "the last slice has both labels: " + Arrays.toString(counts));
    }

    private static void writeStack(Path file, int width, int height, int slices) throws IOException {
        FunctionRandomAccessible<UnsignedShortType> stripes = new FunctionRandomAccessible<>(
                3, (at, value) -> value.set(at.getIntPosition(0) % 200 < 100 ? 60_000 : 9), UnsignedShortType::new);
        List<Axis> axes = List.of(
                new Axis(Axis.Kind.X, 1, "mm"), new Axis(Axis.Kind.Y, 1, "mm"), new Axis(Axis.Kind.Z, 1.5, "mm"));
        var pixels = Views.interval(stripes, new FinalInterval(width, height, slices));
        ResultFiles.writeTiff(file, new CalibratedImage("large", pixels, axes, false, List.of()), Map.of());
    }

    /** Address space is what {@code ulimit} can cap: allocations of libtorch fail as on a full machine. */
    @Test
    @EnabledOnOs(value = OS.LINUX, architectures = "amd64")
    void aBatchThatDoesNotFitIsHalved() throws Exception {
        BenchmarkModel.write(folder.resolve("model"), Variant.T, 256, 256);
        BufferedImage image = new BufferedImage(1100, 900, BufferedImage.TYPE_INT_RGB);
        ImageIO.write(image, "png", folder.resolve("image.png").toFile());
        String java = String.join(
                " ",
                java(),
                "-Xmx256m -XX:+UseSerialGC -XX:ReservedCodeCacheSize=64m -XX:CompressedClassSpaceSize=64m",
                "-cp '" + classPath() + "'",
                Main.class.getName(),
                "segment --batch-size 48 --precision float32 --model '" + folder.resolve("model") + "'",
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
