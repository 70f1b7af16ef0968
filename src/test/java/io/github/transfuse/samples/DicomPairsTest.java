package io.github.transfuse.samples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.transfuse.image.CalibratedImage;
import io.github.transfuse.image.ImageFiles;
import io.github.transfuse.image.Orientation;
import io.github.transfuse.image.UnsupportedImageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Folders of slices in DICOM are paired with segmentations in DICOM. */
class DicomPairsTest {
    private static final Path DATA = Path.of("src/test/resources/dicom/seg");

    @TempDir
    Path folder;

    @BeforeEach
    void copyScan() throws IOException {
        Path scan = Files.createDirectories(folder.resolve("images/case"));
        try (Stream<Path> slices = Files.list(DATA.resolve("case"))) {
            for (Path slice : slices.toList()) {
                Files.copy(slice, scan.resolve(slice.getFileName()));
            }
        }
        Files.createDirectories(folder.resolve("masks"));
    }

    private Pair pair(String mask) throws IOException {
        Files.copy(DATA.resolve(mask), folder.resolve("masks/case.dcm"));
        List<Pair> pairs = Pairing.of(folder.resolve("images"), folder.resolve("masks"));
        assertEquals(1, pairs.size());
        return pairs.get(0);
    }

    @Test
    void planesOfASegmentationAreThoseOfItsScan() throws IOException {
        Pair pair = pair("case-seg.dcm");
        assertEquals("case", pair.stem());
        CalibratedImage image = ImageFiles.read(pair.image());
        List<MaskPlane> planes = MaskPlane.of(pair.mask(), VolumeGrid.mask(pair, image, Orientation.AS_IT_LIES));
        assertEquals(5, planes.size());
        List<Integer> most = planes.stream()
                .map(plane -> java.util.Arrays.stream(plane.values()).max().orElseThrow())
                .toList();
        assertEquals(List.of(0, 1, 0, 2, 0), most);
    }

    @Test
    void aSegmentationOfAnotherSeriesIsRefused() throws IOException {
        Pair pair = pair("other-seg.dcm");
        CalibratedImage image = ImageFiles.read(pair.image());
        String message = assertThrows(
                        UnsupportedImageException.class, () -> VolumeGrid.mask(pair, image, Orientation.AS_IT_LIES))
                .getMessage();
        assertTrue(message.contains("another series"), message);
    }
}
