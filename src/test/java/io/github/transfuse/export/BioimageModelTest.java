package io.github.transfuse.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.transfuse.Segmentation;
import io.github.transfuse.TransFuse;
import io.github.transfuse.cli.Main;
import io.github.transfuse.files.Sha256;
import io.github.transfuse.model.ModelFolder;
import io.github.transfuse.weights.ModelFormatException;
import io.github.transfuse.weights.PthFile;
import io.github.transfuse.weights.TensorStore;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import net.imglib2.img.array.ArrayImgs;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The packages of the bundled models of planes pass {@code bioimageio test} of bioimageio.core 0.11; here the same values are
 * checked without Python.
 */
class BioimageModelTest {
    private static final int HEADER = 128;

    @TempDir
    Path folder;

    private static BioimageModel.About about(String... authors) {
        return new BioimageModel.About(List.of(authors), "CC-BY-4.0", "2026-01-02T03:04:05Z");
    }

    private Map<String, byte[]> exported(String model) throws IOException {
        Path zip = folder.resolve("model.zip");
        BioimageModel.write(TransFuse.models().resolve(model), about("Ada"), zip);
        Map<String, byte[]> files = new TreeMap<>();
        try (ZipInputStream in = new ZipInputStream(Files.newInputStream(zip))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                files.put(entry.getName(), in.readAllBytes());
            }
        }
        return files;
    }

    private static float[] npy(byte[] file, int... shape) {
        ByteBuffer bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        assertEquals(HEADER, 10 + bytes.getShort(8));
        String header = new String(file, 10, HEADER - 10, StandardCharsets.US_ASCII);
        String sizes = java.util.Arrays.toString(shape).replaceAll("[\\[\\] ]", "") + ",";
        assertTrue(header.contains("'shape': (" + sizes + ")"), header);
        float[] values = new float[java.util.Arrays.stream(shape).reduce(1, Math::multiplyExact)];
        bytes.position(HEADER)
                .slice()
                .order(ByteOrder.LITTLE_ENDIAN)
                .asFloatBuffer()
                .get(values);
        assertEquals(HEADER + values.length * Float.BYTES, file.length);
        return values;
    }

    /** The plugin itself, asked for probabilities of the test image, says the same. */
    @ParameterizedTest
    @CsvSource({"skin-lesion, 3, 192, 1", "nuclei, 1, 256, 3", "retinal-vessels, 3, 256, 1"})
    void theTestTensorsAreWhatSegmentingGives(String name, int channels, int side, int classes) throws IOException {
        Map<String, byte[]> files = exported(name);
        ModelFolder model = TransFuse.models().resolve(name);
        int seen = model.spec().network().channels();
        float[] input = npy(files.get("test-input.npy"), 1, seen, side, side);
        float[] output = npy(files.get("test-output.npy"), 1, classes, side, side);
        try (TransFuse transfuse = TransFuse.load(io.github.transfuse.settings.Settings.segmenting()
                .with("model", name)
                .with("precision", "float32")
                .with("device", "cpu")
                .with("pixel_size", "auto")
                .with("probabilities", true))) {
            Segmentation result = transfuse.segment(ArrayImgs.floats(input, side, side, seen));
            var found = result.probabilities().orElseThrow().randomAccess();
            for (int i = 0; i < output.length; i++) {
                found.setPosition(i % side, 0);
                found.setPosition(i / side % side, 1);
                if (found.numDimensions() > 2) {
                    found.setPosition(i / side / side, 2);
                }
                assertEquals(found.get().getRealDouble(), output[i], 2e-4, name);
            }
        }
    }

    @Test
    void theDescriptionFitsTheFiles() throws IOException {
        Map<String, byte[]> files = exported("nuclei");
        assertEquals(
                List.of(
                        "README.md",
                        "cover.png",
                        "rdf.yaml",
                        "test-input.npy",
                        "test-output.npy",
                        "transfuse.py",
                        "weights.pth"),
                List.copyOf(files.keySet()));
        JsonObject rdf = JsonParser.parseString(new String(files.get("rdf.yaml"), StandardCharsets.UTF_8))
                .getAsJsonObject();
        List<String> sources = new ArrayList<>();
        collect(rdf, files, sources);
        assertEquals(List.of("test-input.npy", "test-output.npy", "weights.pth", "transfuse.py"), sources);
        assertEquals("CC-BY-4.0", rdf.get("license").getAsString());
        assertTrue(new String(files.get("README.md"), StandardCharsets.UTF_8).contains("## Validation"));

        Path weights = Files.write(folder.resolve("weights.pth"), files.get("weights.pth"));
        ModelFolder model = TransFuse.models().resolve("nuclei");
        TensorStore mine = model.tensors();
        TensorStore theirs = PthFile.read(weights);
        assertEquals(mine.names(), theirs.names());
        for (String tensor : mine.names()) {
            assertEquals(mine.get(tensor).data(), theirs.get(tensor).data(), tensor);
        }
    }

    private void collect(JsonElement element, Map<String, byte[]> files, List<String> sources) throws IOException {
        if (element instanceof JsonArray array) {
            for (JsonElement each : array) {
                collect(each, files, sources);
            }
        } else if (element instanceof JsonObject object) {
            if (object.has("source")) {
                String name = object.get("source").getAsString();
                sources.add(name);
                Path file = Files.write(folder.resolve("file"), files.get(name));
                assertEquals(Sha256.of(file), object.get("sha256").getAsString(), name);
            }
            for (String key : object.keySet()) {
                collect(object.get(key), files, sources);
            }
        }
    }

    @Test
    void whatBioimageHasNoWordsForIsRefused() throws IOException {
        Path zip = folder.resolve("model.zip");
        ModelFolder volumes = TransFuse.models().resolve("hippocampus");
        ModelFolder planes = TransFuse.models().resolve("nuclei");
        assertRefused("volumes", () -> BioimageModel.write(volumes, about("Ada"), zip));
        assertRefused("--author", () -> BioimageModel.write(planes, about(), zip));
        BioimageModel.About unknown = new BioimageModel.About(List.of("Ada"), "ask me", "2026-01-02T03:04:05Z");
        assertRefused("SPDX", () -> BioimageModel.write(planes, unknown, zip));
        assertFalse(Files.exists(zip));
    }

    private static void assertRefused(String word, org.junit.jupiter.api.function.Executable action) {
        String message = assertThrows(ModelFormatException.class, action).getMessage();
        assertTrue(message.contains(word), message);
    }

    @Test
    void theCommandNamesWhatIsMissing() {
        StringWriter err = new StringWriter();
        PrintWriter out = new PrintWriter(new StringWriter());
        String zip = folder.resolve("a.zip").toString();
        assertEquals(1, Main.run(out, new PrintWriter(err, true), "export", "--model", "nuclei", "--output", zip));
        assertTrue(err.toString().contains("--author"), err::toString);
        assertEquals(2, Main.run(out, new PrintWriter(err, true), "export", "--model", "nuclei", "--output", "a.tar"));
        assertEquals(
                2,
                Main.run(
                        out,
                        new PrintWriter(err, true),
                        "export",
                        "--model=nuclei",
                        "--output=" + zip,
                        "--format=onnx"));
    }
}
