package io.github.transfuse.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.transfuse.model.OutputSpec.ClassSpec;
import io.github.transfuse.samples.SamplesException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Classes keep the names and colours that they were drawn with. */
class ClassListTest {
    @TempDir
    Path folder;

    private Path masks(String list) throws IOException {
        Files.writeString(folder.resolve(ClassList.FILE), list);
        return folder.resolve("masks");
    }

    @Test
    void readsNamesAndColours() throws IOException {
        Path masks = masks("1\tTumor\t0xc80000\n2\tStroma: dense\t0x96c896\n");

        assertEquals(
                Optional.of(List.of(new ClassSpec("Tumor", 0xc80000), new ClassSpec("Stroma: dense", 0x96c896))),
                ClassList.beside(masks));
    }

    @Test
    void setsWithoutAListHaveNone() throws IOException {
        assertEquals(Optional.empty(), ClassList.beside(folder.resolve("masks")));
    }

    @Test
    void namesTheFileAndTheLineThatIsWrong() throws IOException {
        Path masks = masks("1\tTumor\t0xc80000\n3\tStroma\t0x96c896\n");

        String message = assertThrows(SamplesException.class, () -> ClassList.beside(masks))
                .getMessage();
        assertTrue(message.contains(ClassList.FILE) && message.contains("3\tStroma"), message);
    }
}
