package io.github.transfuse.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import ij.IJ;
import ij.ImagePlus;
import ij.io.FileSaver;
import io.github.transfuse.RandomModels;
import io.github.transfuse.model.InputSpec;
import io.github.transfuse.model.ModelFolder;
import io.github.transfuse.weights.Safetensors;
import io.github.transfuse.weights.StoredTensor;
import io.github.transfuse.weights.TensorStore;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is wrong with an input, the shell gets one line that names it and the way out, exit code 1 and no file. */
class BadInputTest {
    private static final String SOME_TENSOR = "up1.conv.double_conv.0.weight";

    @TempDir
    static Path shared;

    private static Path goodModel;
    private static Path goodImage;

    @TempDir
    Path folder;

    @BeforeAll
    static void writeGoodOnes() throws IOException {
        goodModel = shared.resolve("good");
        RandomModels.write(goodModel, InputSpec.Rule.RESIZE, 3);
        goodImage = shared.resolve("good.png");
        save(IJ.createImage("good", "RGB ramp", 40, 30, 1), goodImage);
    }

    /** Makes a file or changes a folder. */
    @FunctionalInterface
    interface Maker {
        void make(Path path) throws IOException;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badImages")
    void aBadImageIsRefused(String name, Maker maker, List<String> words) throws IOException {
        Path image = folder.resolve(name);
        maker.make(image);
        assertRefused(image, goodModel, folder.resolve("out"), name, words);
    }

    static Stream<Arguments> badImages() {
        return Stream.of(
                row("missing.png", file -> {}, "there is no such file", "Check the path"),
                row("empty.png", Files::createFile, "the file is empty", "export it again"),
                row("truncated.png", BadInputTest::truncated, "truncated or damaged", "export it again"),
                row("text.tif", file -> Files.writeString(file, "hello"), "not an image", "Give a TIFF"),
                row("zero.tif", file -> Files.write(file, tiff(0, 10)), "no pixels", "Give an image"),
                row("two.tif", file -> save(hyperstack(), file), "wants 3", "2 are in the image", "channels="),
                row("nan.tif", file -> save(withNan(), file), "2 pixels", "the first at X 5, Y 1", "Remove NaNs"),
                row("huge.tif", file -> Files.write(file, tiff(60_000, 60_000)), "60000 x 60000", "OME-TIFF"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badModels")
    void aBadModelIsRefused(String name, Maker change, List<String> words) throws IOException {
        Path model = Files.createDirectory(folder.resolve("model"));
        for (String file : List.of(ModelFolder.SPEC, ModelFolder.WEIGHTS)) {
            Files.copy(goodModel.resolve(file), model.resolve(file));
        }
        change.make(model);
        assertRefused(goodImage, model, folder.resolve("out"), "model", words);
    }

    static Stream<Arguments> badModels() {
        return Stream.of(
                row("missing tensor", model -> replaceTensor(model, List.of()), SOME_TENSOR, "missing", "model.json"),
                row(
                        "wrong shape",
                        model -> replaceTensor(
                                model, List.of(StoredTensor.ofFloats(SOME_TENSOR, new long[] {2}, 1f, 2f))),
                        SOME_TENSOR,
                        "[2]"),
                row("wrong checksum", BadInputTest::flipAByte, "SHA-256", "get the model again"),
                row("newer version", BadInputTest::newer, "format version 99", "Update the plugin"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badOutputs")
    void anUnwritableOutputIsRefused(String name, Maker maker, List<String> words) throws IOException {
        Path output = folder.resolve(name);
        maker.make(output);
        assertRefused(goodImage, goodModel, output, output.getFileName().toString(), words);
    }

    static Stream<Arguments> badOutputs() {
        return Stream.of(
                row("file", Files::createFile, "is a file", "Choose another output folder"),
                row("below/a", file -> Files.createFile(file.getParent()), "cannot be written", "Choose another"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"train", "evaluate"})
    void anUnwritableOutputIsRefusedBeforeAnyWork(String command) throws IOException {
        Path images = Files.createDirectory(folder.resolve("images"));
        Path masks = Files.createDirectory(folder.resolve("masks"));
        BufferedImage picture = new BufferedImage(32, 32, BufferedImage.TYPE_INT_RGB);
        BufferedImage mask = new BufferedImage(32, 32, BufferedImage.TYPE_BYTE_GRAY);
        mask.getRaster().setSample(3, 3, 0, 255);
        for (int i = 0; i < 4; i++) {
            ImageIO.write(picture, "png", images.resolve(i + ".png").toFile());
            ImageIO.write(mask, "png", masks.resolve(i + ".png").toFile());
        }
        Path output = Files.createFile(folder.resolve("file")).resolve("below");
        List<String> arguments = new ArrayList<>(List.of(command, "--images", images.toString(), "--masks"));
        arguments.addAll(List.of(masks.toString(), "--output", output.toString()));
        StringWriter told = new StringWriter();
        PrintWriter writer = new PrintWriter(told);
        assertEquals(1, Main.run(writer, writer, arguments.toArray(String[]::new)));
        assertTrue(told.toString().contains("this cannot be written"), told.toString());
        assertFalse(told.toString().contains("note:"), "before it says what it works on: " + told);
    }

    /** In a process of its own, which takes itself for another machine. */
    @Test
    void aPlatformWithoutNativesIsRefused() throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Dos.arch=s390x",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName(),
                        "segment",
                        goodImage.toString(),
                        "--model",
                        goodModel.toString(),
                        "--output",
                        folder.resolve("out").toString())
                .redirectErrorStream(true)
                .start();
        String told = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(1, process.waitFor(), told);
        assertTrue(told.contains("no PyTorch for") && told.contains("s390x"), told);
        assertTrue(told.contains("TransFuse runs on linux-x86_64"), told);
        assertNoFileIn(folder.resolve("out"));
    }

    private static void assertRefused(Path image, Path model, Path output, String name, List<String> words)
            throws IOException {
        StringWriter err = new StringWriter();
        String[] args = {
            "segment", image.toString(), "--model", model.toString(), "--output", output.toString(), "--overlay"
        };
        int code = Main.run(new PrintWriter(new StringWriter()), new PrintWriter(err), args);
        String told = err.toString();
        assertEquals(1, code, told);
        assertEquals(1, told.lines().count(), told);
        assertTrue(told.startsWith("transfuse: ") && told.strip().endsWith("."), told);
        assertTrue(told.contains(name), told);
        for (String word : words) {
            assertTrue(told.contains(word), () -> "'" + word + "' is not in: " + told);
        }
        assertNoFileIn(output);
    }

    private static void assertNoFileIn(Path output) throws IOException {
        if (Files.isDirectory(output)) {
            try (Stream<Path> files = Files.list(output)) {
                assertEquals(List.of(), files.toList());
            }
        }
    }

    private static Arguments row(String name, Maker maker, String... words) {
        return Arguments.of(name, maker, List.of(words));
    }

    private static void save(ImagePlus image, Path file) {
        FileSaver saver = new FileSaver(image);
        boolean png = file.toString().endsWith("png");
        assertTrue(
                png
                        ? saver.saveAsPng(file.toString())
                        : image.getStackSize() > 1
                                ? saver.saveAsTiffStack(file.toString())
                                : saver.saveAsTiff(file.toString()));
    }

    private static void truncated(Path file) throws IOException {
        byte[] whole = Files.readAllBytes(goodImage);
        Files.write(file, Arrays.copyOf(whole, whole.length / 2));
    }

    private static ImagePlus hyperstack() {
        return IJ.createHyperStack("two", 40, 30, 2, 1, 1, 8);
    }

    private static ImagePlus withNan() {
        ImagePlus image = IJ.createImage("nan", "32-bit ramp", 40, 30, 1);
        image.getProcessor().setf(5, 1, Float.NaN);
        image.getProcessor().setf(7, 2, Float.POSITIVE_INFINITY);
        return image;
    }

    /** The beginning of an uncompressed 8-bit TIFF. */
    private static byte[] tiff(int width, int height) {
        int[][] entries = {
            {256, 4, width}, {257, 4, height}, {258, 3, 8 << 16}, {259, 3, 1 << 16}, {262, 3, 1 << 16}, {273, 4, 200}
        };
        ByteBuffer file = ByteBuffer.allocate(300).putInt(0x4d4d002a).putInt(8).putShort((short) entries.length);
        for (int[] entry : entries) {
            file.putShort((short) entry[0]).putShort((short) entry[1]).putInt(1).putInt(entry[2]);
        }
        return file.array();
    }

    /** Puts other tensors in the place of one, with the right checksum. */
    private static void replaceTensor(Path model, List<StoredTensor> others) throws IOException {
        Path weights = model.resolve(ModelFolder.WEIGHTS);
        TensorStore store = Safetensors.open(weights);
        List<StoredTensor> tensors = new ArrayList<>(others);
        for (String name : store.names()) {
            if (!name.equals(SOME_TENSOR)) {
                tensors.add(store.get(name));
            }
        }
        Path changed = model.resolveSibling("changed.safetensors");
        Safetensors.write(changed, tensors, Map.of());
        Files.delete(weights);
        Files.move(changed, weights);
        edit(model, json -> json.getAsJsonObject("weights").addProperty("sha256", sha256(weights)));
    }

    private static String sha256(Path file) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
        } catch (IOException | NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void flipAByte(Path model) throws IOException {
        Path weights = model.resolve(ModelFolder.WEIGHTS);
        byte[] bytes = Files.readAllBytes(weights);
        bytes[bytes.length / 2] ^= 1;
        Files.write(weights, bytes);
    }

    private static void newer(Path model) throws IOException {
        edit(model, json -> json.addProperty("format_version", 99));
    }

    private static void edit(Path model, java.util.function.Consumer<JsonObject> change) throws IOException {
        Path spec = model.resolve(ModelFolder.SPEC);
        JsonObject json = JsonParser.parseString(Files.readString(spec)).getAsJsonObject();
        change.accept(json);
        Files.writeString(spec, json.toString());
    }
}
