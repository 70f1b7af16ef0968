package io.github.transfuse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.transfuse.batch.ResultWriter;
import io.github.transfuse.image.ImageFiles;
import io.github.transfuse.image.StoredVolume;
import io.github.transfuse.image.StoredVolume.Kind;
import io.github.transfuse.image.StoredVolume.Turn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The bundled model of the hippocampus finds the same in a scan however it is stored. With the system property {@code
 * transfuse.orientations=48} in all orientations, which takes minutes; else in four.
 */
class HippocampusOrientationTest {
    private static final Path SCAN = Path.of("../shared/cases/volumes/hip_RAS.nii.gz");

    private static final List<Kind> KINDS = List.of(Kind.NIFTI, Kind.NRRD, Kind.DICOM);

    @TempDir
    Path folder;

    @Test
    void labelsAreTheSameInSpace() throws IOException {
        assumeTrue(Files.exists(SCAN), "no data");
        StoredVolume stored = StoredVolume.read(SCAN);
        // whole numbers, which all kinds of file hold
        StoredVolume scan =
                stored.with(Arrays.stream(stored.voxels()).map(Math::rint).toArray());
        int count = Integer.getInteger("transfuse.orientations", 4);
        List<Turn> turns = Turn.all();
        try (TransFuse model = TransFuse.load("hippocampus")) {
            assertEquals(
                    Optional.of("RAS"), model.model().spec().input().sampling().orientation());
            StoredVolume straight = labels(model, scan.write(folder, "straight", Kind.NIFTI));
            assertTrue(
                    Arrays.stream(straight.voxels()).filter(label -> label == 2).count() > 500);
            for (int i = 0; i < count; i++) {
                Turn turn = turns.get((i * 13 + 5) % turns.size());
                StoredVolume found = labels(model, scan.along(turn).write(folder, "v" + turn, KINDS.get(i % 3)));
                List<List<Long>> wanted = straight.sorted();
                List<List<Long>> all = found.sorted();
                assertEquals(wanted.size(), all.size());
                long others = IntStream.range(0, all.size())
                        .filter(n -> !wanted.get(n).equals(all.get(n)))
                        .count();
                assertEquals(0, others, () -> "other labels of " + turn);
            }
        }
    }

    private StoredVolume labels(TransFuse model, Path file) throws IOException {
        var image = ImageFiles.read(file);
        return StoredVolume.read(new ResultWriter(folder.resolve("out"))
                .write("v", image, model.segment(image))
                .get(0));
    }
}
