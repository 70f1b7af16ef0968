package io.github.transfuse.samples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PairingTest {
    @TempDir
    Path folder;

    private Path images;
    private Path masks;

    @BeforeEach
    void make() throws IOException {
        images = Files.createDirectory(folder.resolve("images"));
        masks = Files.createDirectory(folder.resolve("masks"));
    }

    private static List<String> pairs(Path images, Path masks) throws IOException {
        return Pairing.of(images, masks).stream()
                .map(pair -> pair.image().getFileName() + " " + pair.mask().getFileName())
                .toList();
    }

    @ParameterizedTest
    @CsvSource({
        "a.png, a.png",
        "a.jpg, a_mask.png",
        "a.tif, a_masks.tif",
        "a.png, a_cp_masks.png",
        "a.png, a_labels.tif",
        "hippocampus_001_0000.nii.gz, hippocampus_001.nii.gz"
    })
    void namesOfOtherProgramsPair(String image, String mask) throws IOException {
        Files.createFile(images.resolve(image));
        Files.createFile(masks.resolve(mask));
        assertEquals(List.of(image + " " + mask), pairs(images, masks));
    }

    @Test
    void theSecondChannelOfACaseIsNoImageOfItsOwn() throws IOException {
        Files.createFile(images.resolve("case_0000.png"));
        Files.createFile(images.resolve("case_0001.png"));
        Files.createFile(masks.resolve("case.png"));
        String message = assertThrows(SamplesException.class, () -> Pairing.of(images, masks))
                .getMessage();
        assertTrue(message.contains("no mask for image case_0001.png"), message);
    }

    @Test
    void imagesAndMasksMayLieInOneFolder() throws IOException {
        for (String name : List.of("a.png", "a_cp_masks.png", "b.png", "b_cp_masks.png")) {
            Files.createFile(images.resolve(name));
        }
        assertEquals(List.of("a.png a_cp_masks.png", "b.png b_cp_masks.png"), pairs(images, images));
        Files.createFile(images.resolve("c.png"));
        String message = assertThrows(SamplesException.class, () -> Pairing.of(images, images))
                .getMessage();
        assertTrue(message.contains("no mask for image c.png"), message);
    }

    @Test
    void inOneFolderWithoutSuchNamesEachFileHoldsItsOwnTruth() throws IOException {
        Files.createFile(images.resolve("a.tif"));
        Files.createFile(images.resolve("b.tif"));
        assertEquals(List.of("a.tif a.tif", "b.tif b.tif"), pairs(images, images));
    }
}
