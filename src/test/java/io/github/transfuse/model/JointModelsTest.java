package io.github.transfuse.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.transfuse.weights.DType;
import io.github.transfuse.weights.ModelFormatException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several models in one text. */
class JointModelsTest {
    @TempDir
    Path folder;

    @BeforeEach
    void write() throws IOException {
        for (String name : List.of("a", "b", "a+b", "out/fold-1", "out/fold-2", "out/fold-10")) {
            ModelFolder.write(folder.resolve(name), Models.spec("model"), Models.TENSORS, DType.F16);
        }
    }

    private List<String> found(String text) throws IOException {
        return JointModels.find(text.replace("$", folder + "/")).stream()
                .map(model -> folder.relativize(model.path()).toString())
                .toList();
    }

    @Test
    void aPlusJoinsUnlessItIsPartOfAName() throws IOException {
        assertEquals(List.of("a"), found("$a"));
        assertEquals(List.of("b", "a"), found(" $b + $a/ "));
        assertEquals(List.of("a+b"), found("$a+b"));
        assertEquals(List.of("b", "a+b", "a"), found("$b+$a+b+$a"));
    }

    @Test
    void whatIsMissingIsNamed() {
        String said = assertThrows(ModelFormatException.class, () -> found("$a+nowhere"))
                .getMessage();
        assertTrue(said.contains("'nowhere'"), said);
        assertThrows(ModelFormatException.class, () -> found("$a+"));
    }

    @Test
    void aFolderOfFoldsIsAllOfThemInTheirOrderOnceTheyAreDone() throws IOException {
        String said =
                assertThrows(ModelFormatException.class, () -> found("$out")).getMessage();
        assertTrue(said.contains("not come to its end") && said.contains("resume"), said);
        Files.writeString(folder.resolve("out").resolve(JointModels.FOLDS), "fold\n");
        assertEquals(List.of("out/fold-1", "out/fold-2", "out/fold-10"), found("$out"));
        assertEquals(List.of("out/fold-1", "a"), found("$out/fold-1+$a"));
    }
}
