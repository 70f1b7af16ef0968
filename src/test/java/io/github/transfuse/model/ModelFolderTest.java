package io.github.transfuse.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.transfuse.files.EveryFault;
import io.github.transfuse.network.NetworkSpec;
import io.github.transfuse.network.Variant;
import io.github.transfuse.weights.DType;
import io.github.transfuse.weights.ModelFormatException;
import io.github.transfuse.weights.StoredTensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Model folders come back as they were written, and bad ones are refused in words. */
class ModelFolderTest {
    @TempDir
    Path temporary;

    private Path folder;

    @BeforeEach
    void writeModel() throws IOException {
        folder = temporary.resolve("models").resolve("lesion");
        ModelFolder.write(folder, Models.spec("lesion"), Models.TENSORS, DType.F32);
    }

    @Test
    void aModelComesBackAsItWasWritten() throws IOException {
        ModelFolder model = ModelFolder.open(folder);
        assertEquals(Models.spec("lesion"), model.spec());
        StoredTensor weight = model.tensors().get("conv.weight");
        assertArrayEquals(new float[] {0.5f, -1f, 0.1f, 3f}, weight.floats());
        assertArrayEquals(
                new long[] {7}, model.tensors().get("bn.num_batches_tracked").longs());
    }

    /** Models of before have no depth. */
    @Test
    void theDepthOfSplittingComesBack() throws IOException {
        assertFalse(Files.readString(folder.resolve("model.json")).contains("split_depth"));
        OutputSpec output = Models.spec("lesion").output();
        ModelSpec split = Models.spec("lesion")
                .withOutput(new OutputSpec(output.classes(), OutputSpec.Kind.CLASSES, 0.5, 10, true, 0.75));
        Path other = temporary.resolve("split");
        ModelFolder.write(other, split, Models.TENSORS, DType.F32);
        assertEquals(0.75, ModelFolder.open(other).spec().output().splitDepth());
        assertEquals(split, ModelFolder.open(other).spec());
    }

    @ParameterizedTest
    @EnumSource(names = {"F32", "F16", "BF16"})
    void floatsAreStoredInTheTypeAskedFor(DType type) throws IOException {
        ModelFolder model = ModelFolder.write(folder, Models.spec("lesion"), Models.TENSORS, type);
        assertEquals(type, model.tensors().get("conv.weight").dtype());
        assertEquals(DType.I64, model.tensors().get("bn.num_batches_tracked").dtype());
        float stored = model.tensors().get("conv.weight").floats()[2];
        float nearest = type == DType.F16 ? 1638f / 16384 : type == DType.BF16 ? 205f / 2048 : 0.1f;
        assertEquals(nearest, stored);
        assertEquals(model.sha256(), ModelFolder.open(folder).sha256());
    }

    @Tag("faults")
    @Test
    void onADiskThatFailsAtAnyStepTheEarlierModelStays() throws Exception {
        EveryFault.of(
                temporary,
                to -> ModelFolder.write(
                        to.resolve("models").resolve("lesion"),
                        Models.spec("other"),
                        Models.TENSORS,
                        DType.F16,
                        Map.of("data.csv", "stem")));
        EveryFault.of(
                temporary, to -> ModelFolder.write(to.resolve("new"), Models.spec("new"), Models.TENSORS, DType.F16));
        EveryFault.of(folder, to -> ModelFolder.open(to).rewrite(Models.spec("renamed")));
    }

    @Test
    void integersAreNoTypeForWeights() {
        assertThrows(
                IllegalArgumentException.class,
                () -> ModelFolder.write(folder, Models.spec("x"), Models.TENSORS, DType.I8));
    }

    @Test
    void unknownFieldsOfEveryLevelAreKept() throws IOException {
        edit(text -> text.replace("\"rule\"", "\"future_rule\": [1, {\"a\": null}], \"rule\"")
                .replace("\"format_version\"", "\"homepage\": \"here\", \"format_version\"")
                .replace("\"color\"", "\"ontology\": \"HP:1\", \"color\"")
                .replace("\"kind\": \"fixed\"", "\"kind\": \"fixed\", \"gamma\": 2.20"));
        ModelFolder model = ModelFolder.open(folder);
        JsonObject checks = new JsonObject();
        checks.addProperty("bf16_dice", 0.89);
        ModelHistory old = model.spec().history();
        model.rewrite(model.spec().withHistory(new ModelHistory(old.training(), old.metrics(), checks, old.unknown())));

        JsonObject json = json();
        assertEquals("here", json.get("homepage").getAsString());
        JsonObject input = json.getAsJsonObject("input");
        assertEquals("[1,{\"a\":null}]", input.get("future_rule").toString());
        assertEquals("2.20", input.getAsJsonObject("normalization").get("gamma").toString());
        JsonObject lesion =
                json.getAsJsonObject("output").getAsJsonArray("classes").get(0).getAsJsonObject();
        assertEquals("HP:1", lesion.get("ontology").getAsString());
        assertEquals(0.89, json.getAsJsonObject("checks").get("bf16_dice").getAsDouble());
        assertEquals(checks, ModelFolder.open(folder).spec().history().checks());
    }

    @Test
    void theCardTellsDataLicenceCommandSeedAndMetrics() throws IOException {
        String card = Files.readString(folder.resolve(ModelFolder.CARD));
        for (String word : List.of(
                "# Skin lesions", "ISIC 2017, CC0", "CC0-1.0", "transfuse train --seed 3", "seed: 3", "dice: 0.91")) {
            assertTrue(card.contains(word), () -> "'" + word + "' is not in:\n" + card);
        }
    }

    @Test
    void otherFilesOfTheFolderStayAndNothingTemporaryIsLeft() throws IOException {
        Files.writeString(folder.resolve("history.csv"), "epoch");
        ModelFolder.write(folder, Models.spec("lesion"), Models.TENSORS, DType.F16);
        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(
                    List.of("README.md", "history.csv", "model.json", "weights.safetensors"),
                    files.map(file -> file.getFileName().toString()).sorted().toList());
        }
        try (Stream<Path> siblings = Files.list(folder.getParent())) {
            assertEquals(List.of(folder), siblings.toList());
        }
    }

    @Test
    void aSpecificationThatCouldNotBeReadIsNotWritten() throws IOException {
        ModelSpec good = Models.spec("lesion");
        ModelSpec bad = new ModelSpec(
                good.identity(), new NetworkSpec(Variant.T, 3, 5, true), good.input(), good.output(), good.history());
        String before = Files.readString(folder.resolve(ModelFolder.SPEC));
        assertThrows(ModelFormatException.class, () -> ModelFolder.open(folder).rewrite(bad));
        assertEquals(before, Files.readString(folder.resolve(ModelFolder.SPEC)));
    }

    /** Something done to the good model in the temporary folder; returns what is opened. */
    @FunctionalInterface
    interface Damage {
        Path apply(Path folder) throws IOException;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("damages")
    void aBadFolderIsRefused(String name, Damage damage, List<String> words) throws IOException {
        Path opened = damage.apply(folder);
        assertRefused(opened, words);
    }

    static Stream<Arguments> damages() {
        return Stream.of(
                Arguments.of(
                        "no folder", damage(f -> f.resolveSibling("gone")), List.of("gone", "no such model folder")),
                Arguments.of(
                        "a file", damage(f -> f.resolve("model.json")), List.of("model.json", "not a model folder")),
                Arguments.of(
                        "no model.json",
                        damage(f -> without(f, "model.json")),
                        List.of("lesion", "has no model.json", "transfuse import")),
                Arguments.of(
                        "no weights",
                        damage(f -> without(f, "weights.safetensors")),
                        List.of("weights.safetensors", "missing")),
                Arguments.of("truncated weights", damage(ModelFolderTest::truncate), List.of("weights.safetensors")),
                Arguments.of(
                        "changed weights",
                        damage(ModelFolderTest::flipLastByte),
                        List.of("weights.safetensors", "SHA-256", "get the model again")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"format_version\": 1 | \"format_version\": 2 | Update the plugin",
                "\"format_version\": 1 | \"format_version\": 0 | format_version",
                "\"format_version\": 1 | \"format_version\": \"1\" | whole number",
                "\"channels\": 3 | \"channel\": 3 | 'network.channels' is missing",
                "\"channels\": 3 | \"channels\": 2.5 | 'network.channels' must be a whole number",
                "\"channels\": 3 | \"channels\": 0 | at least one channel",
                "\"channels\": 3 | \"channels\": 4 | one number per input channel",
                "\"variant\": \"T\" | \"variant\": \"XL\" | Unknown variant 'XL'",
                "\"rule\": \"resize_padded\" | \"rule\": \"stretch\" | one of resize, resize_padded, tile",
                "\"rule\": \"resize_padded\" | \"rule\": 3 | 'input.rule' must be text",
                "192, | 100, | multiple of 16",
                "192, | \"192\", | 'input.size[0]' must be a whole number",
                "\"unit\": \"micron\" | \"unit\": null | 'input.unit' is missing",
                "\"overlap\": 0.5 | \"overlap\": 1.0 | overlap",
                "\"threshold\": 0.5 | \"threshold\": true | 'output.threshold' must be a number",
                "\"threshold\": 0.5 | \"threshold\": 0 | threshold",
                "\"fill_holes\": true | \"fill_holes\": \"yes\" | 'output.fill_holes' must be true or false",
                "\"fill_holes\": true | \"fill_holes\": true, \"split_depth\": -1 | 'output.split_depth' must be a number of pixels",
                "\"fill_holes\": true | \"fill_holes\": true, \"split_depth\": \"deep\" | 'output.split_depth' must be a number",
                "\"classes\": 2 | \"classes\": 4 | 'output.classes'",
                "\"#00ff80\" | \"green\" | 'output.classes[0].color'",
                "\"training\": { | \"training\": {,| not valid JSON",
                "\"sha256\": \" | \"sha256\": \"XY | 'weights.sha256'",
            })
    void aBadSpecificationIsRefused(String good, String bad, String words) throws IOException {
        edit(text -> {
            assertTrue(text.contains(good), () -> good + " is not in " + text);
            return text.replaceFirst(Pattern.quote(good), bad);
        });
        assertRefused(folder, List.of("model.json", words));
    }

    private static Damage damage(Damage damage) {
        return damage;
    }

    private static Path without(Path folder, String file) throws IOException {
        Files.delete(folder.resolve(file));
        return folder;
    }

    private static Path truncate(Path folder) throws IOException {
        Path weights = folder.resolve(ModelFolder.WEIGHTS);
        byte[] bytes = Files.readAllBytes(weights);
        Files.write(weights, Arrays.copyOf(bytes, bytes.length - 1));
        return folder;
    }

    private static Path flipLastByte(Path folder) throws IOException {
        Path weights = folder.resolve(ModelFolder.WEIGHTS);
        byte[] bytes = Files.readAllBytes(weights);
        bytes[bytes.length - 1] ^= 1;
        Files.write(weights, bytes);
        return folder;
    }

    private void edit(UnaryOperator<String> change) throws IOException {
        Path file = folder.resolve(ModelFolder.SPEC);
        Files.writeString(file, change.apply(Files.readString(file)));
    }

    private JsonObject json() throws IOException {
        return JsonParser.parseString(Files.readString(folder.resolve(ModelFolder.SPEC)))
                .getAsJsonObject();
    }

    private static void assertRefused(Path opened, List<String> words) {
        String message = assertThrows(ModelFormatException.class, () -> ModelFolder.open(opened))
                .getMessage();
        for (String word : words) {
            assertTrue(message.contains(word), () -> "'" + word + "' is not in: " + message);
        }
        assertTrue(message.endsWith("."), message);
        assertFalse(message.contains("Exception"), message);
    }
}
