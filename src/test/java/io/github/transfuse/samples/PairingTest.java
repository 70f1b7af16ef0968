package io.github.transfuse.samples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.transfuse.image.DicomScan;
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

    /** Names of scans may be numbers with dots; archives put studies and series between. */
    @Test
    void foldersOfScansPairByTheirWholeNames() throws IOException {
        for (String scan : List.of("1.2.840.1", "1.2.840.2/st/se", "1.2.840.3/se")) {
            DicomScan.write(images.resolve(scan), "A", (x, y, z) -> x, 2, 2, 2);
        }
        for (String mask : List.of("1.2.840.1.nii.gz", "1.2.840.2.nii", "1.2.840.3_mask.nrrd")) {
            Files.createFile(masks.resolve(mask));
        }
        List<Pair> pairs = Pairing.of(images, masks);
        assertEquals(
                List.of("1.2.840.1", "1.2.840.2", "1.2.840.3"),
                pairs.stream().map(Pair::stem).toList());
        assertEquals(images.resolve("1.2.840.2/st/se"), pairs.get(1).image());
        assertEquals("1.2.840.2", pairs.get(1).imageName());
        assertEquals(
                List.of("1.2.840.1 1.2.840.1.nii.gz", "se 1.2.840.2.nii", "se 1.2.840.3_mask.nrrd"),
                pairs(images, masks));
    }

    @Test
    void severalScansInAFolderAreRefused() throws IOException {
        DicomScan.write(images.resolve("a/t1"), "A", (x, y, z) -> x, 2, 2, 2);
        DicomScan.write(images.resolve("a/t2"), "A", (x, y, z) -> x, 2, 2, 2);
        Files.createFile(masks.resolve("a.nii"));
        String message = assertThrows(SamplesException.class, () -> Pairing.of(images, masks))
                .getMessage();
        assertTrue(message.contains("No image files"), message);
        Files.createFile(images.resolve("b.nii"));
        Files.createFile(masks.resolve("b.nii"));
        message = assertThrows(SamplesException.class, () -> Pairing.of(images, masks))
                .getMessage();
        assertTrue(message.contains("a holds 2 folders of DICOM files, such as t1 and t2: leave the one"), message);
    }

    @Test
    void slicesSideBySideAreToldApartFromScans() throws IOException {
        DicomScan.write(images, "A", (x, y, z) -> x, 2, 2, 2);
        Files.createFile(masks.resolve("a.nii"));
        String message = assertThrows(SamplesException.class, () -> Pairing.of(images, masks))
                .getMessage();
        assertTrue(message.contains("The slices of a scan in DICOM are one image"), message);
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
