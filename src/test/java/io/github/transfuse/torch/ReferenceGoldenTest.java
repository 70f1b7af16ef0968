package io.github.transfuse.torch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.transfuse.Fixtures;
import io.github.transfuse.GoldenIndex;
import io.github.transfuse.GoldenIndex.Entry;
import io.github.transfuse.GoldenIndex.Kind;
import io.github.transfuse.engine.EngineLoader;
import io.github.transfuse.torch.nn.InferenceGolden;
import io.github.transfuse.torch.nn.PositionGolden;
import io.github.transfuse.torch.train.LossGolden;
import io.github.transfuse.torch.train.TrainingGolden;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** The network and its training give the numbers of the reference implementation: every entry of the index. */
class ReferenceGoldenTest {

    private static final Map<Kind, Integer> CHECKED = new EnumMap<>(Kind.class);

    @BeforeAll
    static void useAllCoresWithoutOpenBlasFightingForThem() {
        EngineLoader.engine();
    }

    @TestFactory
    Stream<DynamicTest> everyEntryOfTheIndex() throws IOException {
        List<Entry> entries = new GoldenIndex(Fixtures.directory()).entries();
        return entries.stream()
                .map(entry -> DynamicTest.dynamicTest(entry.name(), () -> {
                    check(entry);
                    CHECKED.merge(entry.kind(), 1, Integer::sum);
                }));
    }

    private static void check(Entry entry) throws IOException {
        switch (entry.kind()) {
            case INFERENCE -> InferenceGolden.check(entry);
            case LOGITS64 -> InferenceGolden.check64(entry);
            case LOSS -> LossGolden.check(entry);
            case POSITION -> PositionGolden.check(entry);
            case TRAINING -> TrainingGolden.check(entry);
        }
    }

    @AfterAll
    static void sayHowManyWereChecked() {
        System.out.println("Golden entries checked in " + Fixtures.directory() + ": " + CHECKED);
        assertFalse(CHECKED.isEmpty(), "no golden entry passed");
    }

    @Test
    void anEntryOfUnknownKindFails(@TempDir Path folder) throws IOException {
        assertComplains(folder, "{\"surprise_1\":{}}", "unknown kind");
    }

    @Test
    void aFileOfUnknownKindFails(@TempDir Path folder) throws IOException {
        assertComplains(
                folder, "{\"S_96x128_b1_s1\":{\"files\":{\"odd\":{\"file\":\"odd.safetensors\"}}}}", "unknown kind");
    }

    @Test
    void aMissingFileFails(@TempDir Path folder) throws IOException {
        assertComplains(folder, "{\"loss_A\":{\"file\":\"loss_A.safetensors\"}}", "missing file");
        assertComplains(folder, "{\"pos_embed_resize\":{}}", "missing file");
    }

    @Test
    void anEmptyIndexFails(@TempDir Path folder) throws IOException {
        assertComplains(folder, "{}", "nothing to check");
    }

    private static void assertComplains(Path folder, String index, String complaint) throws IOException {
        Files.writeString(folder.resolve("index.json"), index);
        AssertionError error = assertThrows(AssertionError.class, () -> new GoldenIndex(folder));
        assertEquals(true, error.getMessage().contains(complaint), error.getMessage());
    }
}
