package io.github.transfuse.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.transfuse.TransFuse;
import io.github.transfuse.image.Axis;
import io.github.transfuse.image.CalibratedImage;
import io.github.transfuse.image.StoredVolume;
import io.github.transfuse.settings.Settings;
import io.github.transfuse.settings.Task;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import net.imglib2.img.array.ArrayImgs;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OddVolumesTest {
    @TempDir
    Path folder;

    private final VolumeSurvey.Collector all = new VolumeSurvey.Collector();

    private void add(String name, int depth, String unit, double x, double y, double z) {
        List<Axis> axes =
                List.of(new Axis(Axis.Kind.X, x, unit), new Axis(Axis.Kind.Y, y, unit), new Axis(Axis.Kind.Z, z, unit));
        all.add(name, new CalibratedImage(name, ArrayImgs.bytes(10, 8, depth), axes, false, List.of()), 0);
    }

    private List<String> told() {
        return all.medians().odd();
    }

    @Test
    void voxelsMoreThanTwiceAsLongOrShortAreNamed() {
        add("a", 20, "mm", 0.9, 0.9, 2.5);
        add("b", 20, "mm", 0.9, 0.9, 5.001);
        add("c", 40, "mm", 0.45, 0.9, 1.25);
        assertEquals(List.of(), told(), "twofold is not more than that");
        add("thick", 10, "mm", 0.9, 0.9, 5.1);
        add("fine", 20, "mm", 0.9, 0.4444, 2.5);
        add("e", 20, "mm", 0.9, 0.9, 2.5);
        add("f", 20, "mm", 0.9, 0.9, 2.5);
        assertEquals(
                "These have voxels more than twice as long or short along an axis as the median, 0.9 x 0.9 x 2.5 mm:"
                        + " thick (0.9 x 0.9 x 5.1), fine (0.9 x 0.444 x 2.5). Check that they are right.",
                told().get(0));
        for (String name : List.of("g", "h")) {
            add(name, 20, "mm", 9, 0.9, 2.5);
        }
        assertTrue(told().get(0)
                .contains("thick (0.9 x 0.9 x 5.1), fine (0.9 x 0.444 x 2.5), g (9 x 0.9 x 2.5) and 1 more."));
    }

    @Test
    void volumesOfAnotherPartOfTheBodyAreNamed() {
        add("a", 20, "mm", 1, 1, 2);
        add("b", 40, "mm", 1, 1, 1);
        add("c", 20, "mm", 1, 1, 2);
        assertEquals(List.of(), told(), "as long in the body");
        add("whole", 90, "mm", 1, 1, 1);
        assertEquals(
                List.of(
                        "These have volumes more than twice as long or short along an axis as the median, 10 x 8 x 40 mm:"
                                + " whole (10 x 8 x 90). Check that they are right."),
                told());
    }

    @Test
    void volumesWithoutASizeAreNamedAmongOthers() {
        add("a", 20, "pixel", 1, 1, 1);
        add("b", 20, "pixel", 1, 1, 1);
        add("c", 45, "pixel", 1, 1, 1);
        assertTrue(told().get(0).endsWith("10 x 8 x 20 voxels: c (10 x 8 x 45). Check that they are right."));
        add("d", 20, "mm", 1, 1, 1);
        assertEquals(List.of("These volumes have no voxel size, but others have: a, b, c."), told());
        assertEquals("unknown size", all.medians().voxel());
    }

    /** Without slices nothing is a volume. */
    @Test
    void imagesAreNotLookedAt() {
        for (int size : new int[] {8, 8, 8, 80}) {
            List<Axis> axes = List.of(Axis.of(Axis.Kind.X), Axis.of(Axis.Kind.Y));
            all.add("i", new CalibratedImage("i", ArrayImgs.bytes(size, 8), axes, false, List.of()), 0);
        }
        assertEquals(List.of(), told());
    }

    private void store(String name, double thick, int depth) throws IOException {
        StoredVolume volume = StoredVolume.ras(40, 36, depth).placed(0.8, 0, 0, 0, 0, 0.9, 0, 0, 0, 0, thick, 0);
        volume.write(folder.resolve("images"), name, StoredVolume.Kind.NIFTI);
        double[] half = volume.voxels().clone();
        java.util.Arrays.setAll(half, i -> half[i] > 500 ? 1 : 0);
        volume.with(half).write(folder.resolve("masks"), name, StoredVolume.Kind.NIFTI);
    }

    /** All three sizes of a voxel are shown, in the order in which the user knows them, also where files lie otherwise. */
    @Test
    void aProposalTellsTheVoxelSizeAndWhatStandsOut() throws IOException {
        Files.createDirectories(folder.resolve("images"));
        Files.createDirectories(folder.resolve("masks"));
        for (String name : List.of("a", "b", "c", "d")) {
            store(name, 2.5, 20);
        }
        store("thick", 7.5, 20);
        Settings settings = Settings.parse(Task.TRAIN, "mode=volume precision=float32")
                .with("images", folder.resolve("images"))
                .with("masks", folder.resolve("masks"));
        List<String> sentences = TransFuse.propose(settings).sentences();
        assertTrue(
                sentences
                        .get(0)
                        .contains("median size 40 x 36 x 20, 1 channel(s), voxels of 0.8 x 0.9 x 2.5 mm; masks:"),
                sentences.toString());
        assertTrue(sentences.get(1).contains("0.8 x 0.9 x 2.5 mm: thick.nii (0.8 x 0.9 x 7.5)"), sentences.toString());
        assertFalse(sentences.get(2).contains("thick.nii"), "named once");
    }
}
