package io.github.transfuse;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.transfuse.batch.ObjectTable;
import io.github.transfuse.batch.ResultWriter;
import io.github.transfuse.evaluation.CaseScore;
import io.github.transfuse.evaluation.Evaluation;
import io.github.transfuse.evaluation.EvaluationListener;
import io.github.transfuse.evaluation.EvaluationReport;
import io.github.transfuse.evaluation.Measure;
import io.github.transfuse.image.Axis;
import io.github.transfuse.image.CalibratedImage;
import io.github.transfuse.image.ImageFiles;
import io.github.transfuse.image.Placement;
import io.github.transfuse.image.StoredVolume;
import io.github.transfuse.image.StoredVolume.Kind;
import io.github.transfuse.image.StoredVolume.Turn;
import io.github.transfuse.image.UnsupportedImageException;
import io.github.transfuse.model.InputSpec;
import io.github.transfuse.settings.Settings;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A scan is the same scan however its file lies. */
class OrientationTest {
    private static final Optional<String> RAS = Optional.of("RAS");
    private static final StoredVolume SCAN = StoredVolume.ras(7, 6, 5);

    @TempDir
    Path folder;

    private record Written(CalibratedImage image, Segmentation result, Path labels, Path probabilities) {}

    /** The first cells of each row of the table, as they are written. */
    private static List<List<String>> cells(CalibratedImage image, Segmentation result, int first) throws IOException {
        StringBuilder csv = new StringBuilder();
        ObjectTable.of(image, result).writeCsv(csv);
        return csv.toString()
                .lines()
                .map(line -> List.of(line.split(",")).subList(0, first))
                .toList();
    }

    private Written segment(TransFuse model, Path input, String name) throws IOException {
        CalibratedImage image = ImageFiles.read(input);
        Segmentation result = model.settings("probabilities table").segment(image);
        List<Path> files = new ResultWriter(folder.resolve("out-" + name)).write(name, image, result);
        return new Written(image, result, files.get(0), files.get(1));
    }

    private static Turn turn(StoredVolume scan, String codes) {
        return Turn.all().stream()
                .filter(each -> placement(scan.along(each)).codes().equals(codes))
                .findFirst()
                .orElseThrow();
    }

    private static Placement placement(StoredVolume volume) {
        return new Placement(
                Placement.Format.DICOM, Arrays.stream(volume.affine()).boxed().toList(), new byte[0]);
    }

    /** What a model that knows no axes finds in a file that lies as its training: the road that nothing turns. */
    private Written straight(InputSpec.Mode mode, String codes) throws IOException {
        Path file = SCAN.along(turn(SCAN, codes)).write(folder, "straight", Kind.NIFTI);
        try (TransFuse model = OrientedModels.lopsided(mode, Optional.empty())) {
            return segment(model, file, "straight");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "VOLUME,RAS,NIFTI",
        "VOLUME,RAS,NRRD",
        "VOLUME,RAS,META",
        "VOLUME,RAS,DICOM",
        "VOLUME,PIL,NIFTI",
        "SLICES,RAS,NIFTI",
        "CONTEXT,ASR,NIFTI",
        "TRIPLANAR,LPS,NIFTI"
    })
    void labelsAreTheSameInSpaceInAll48Orientations(InputSpec.Mode mode, String codes, Kind kind) throws IOException {
        Written straight = straight(mode, codes);
        StoredVolume labels = StoredVolume.read(straight.labels);
        StoredVolume probabilities = StoredVolume.read(straight.probabilities);
        assertTrue(straight.result.objects().orElseThrow() > 1, "something to tell apart");
        int right = 0;
        try (TransFuse model = OrientedModels.lopsided(mode, Optional.of(codes))) {
            for (Turn turn : Turn.all()) {
                StoredVolume turned = SCAN.along(turn);
                Written written = segment(model, turned.write(folder, "v" + turn, kind), turn.toString());
                StoredVolume found = StoredVolume.read(written.labels);
                if (kind != Kind.DICOM) { // whose slices are sorted
                    assertArrayEquals(turned.size(), found.size());
                    assertArrayEquals(turned.affine(), found.affine(), 1e-6);
                }
                assertArrayEquals(labels.seenFrom(found), found.voxels(), () -> "labels of " + turn);
                StoredVolume p = StoredVolume.read(written.probabilities);
                assertArrayEquals(probabilities.seenFrom(p), p.voxels(), () -> "probabilities of " + turn);
                assertEquals(cells(straight.image, straight.result, 6), cells(written.image, written.result, 6));
                right++;
            }
        }
        assertEquals(48, right);
    }

    /** Without it, the network sees something else: a test that the test can fail. */
    @Test
    void aModelThatKnowsNoAxesFindsSomethingElse() throws IOException {
        StoredVolume labels = StoredVolume.read(straight(InputSpec.Mode.VOLUME, "RAS").labels);
        try (TransFuse model = OrientedModels.lopsided(InputSpec.Mode.VOLUME, Optional.empty())) {
            int same = 0;
            for (Turn turn : Turn.all()) {
                Path file = SCAN.along(turn).write(folder, "v" + turn, Kind.NIFTI);
                StoredVolume found = StoredVolume.read(segment(model, file, turn.toString()).labels);
                same += Arrays.equals(labels.seenFrom(found), found.voxels()) ? 1 : 0;
            }
            assertEquals(1, same);
        }
    }

    private Segmentation segment(Path file) throws IOException {
        try (TransFuse model = OrientedModels.lopsided(InputSpec.Mode.VOLUME, RAS)) {
            return model.segment(ImageFiles.read(file));
        }
    }

    private static List<String> notes(Segmentation result) {
        return result.provenance().notes();
    }

    private static double[] voxels(Segmentation result) {
        var access = result.labels().randomAccess();
        int[] size = SCAN.size();
        return IntStream.range(0, SCAN.voxels().length)
                .mapToDouble(n -> access.setPositionAndGet(n % size[0], n / size[0] % size[1], n / size[0] / size[1])
                        .getRealDouble())
                .toArray();
    }

    /** The scan of RAS, turned about the axis from bottom to top. */
    private static StoredVolume oblique(double degrees) {
        double cos = Math.cos(Math.toRadians(degrees));
        double sin = Math.sin(Math.toRadians(degrees));
        return SCAN.placed(cos, -1.5 * sin, 0, -3, sin, 1.5 * cos, 0, 10, 0, 0, 2, 4);
    }

    @Test
    void whatLiesObliqueIsTakenAlongTheNearestAxes() throws IOException {
        double[] straight = voxels(segment(SCAN.write(folder, "straight", Kind.NIFTI)));
        for (double degrees : new double[] {4, 30, 44, -44}) {
            Segmentation result = segment(oblique(degrees).write(folder, "oblique", Kind.NIFTI));
            assertArrayEquals(straight, voxels(result));
            boolean told = notes(result).stream().anyMatch(note -> note.contains("oblique"));
            assertEquals(Math.abs(degrees) > 5, told, () -> degrees + ": " + notes(result));
        }
        Segmentation beyond = segment(oblique(50).write(folder, "beyond", Kind.NIFTI));
        assertTrue(
                notes(beyond).toString().contains("lies as ALS"), notes(beyond).toString());
    }

    /** Turned by 60 degrees about the diagonal of the body, all axes are 48 degrees from all directions. */
    @Test
    void whatIsFarFromAllAxesOrShearedIsRefused() throws IOException {
        double p = 2 / 3.0;
        double m = -1 / 3.0;
        StoredVolume diagonal = SCAN.placed(p, m, p, 0, p, p, m, 0, m, p, p, 0);
        String far = refusal(diagonal.write(folder, "diagonal", Kind.NIFTI));
        assertTrue(far.contains("45 degrees") && far.contains("Resample"), far);
        StoredVolume sheared = SCAN.placed(1, 0, 0.3, -3, 0, 1.5, 0, 10, 0, 0, 2, 4);
        for (Kind kind : Kind.values()) {
            String message = refusal(sheared.write(folder, "sheared", kind));
            assertTrue(message.contains("right angles") && message.contains("RAS"), message);
        }
        StoredVolume flat = SCAN.placed(1, 0, 0, -3, 0, 1.5, 0, 10, 0, 0, 0, 4);
        assertTrue(refusal(flat.write(folder, "flat", Kind.NIFTI)).contains("no volume"));
    }

    private String refusal(Path file) {
        return assertThrows(UnsupportedImageException.class, () -> segment(file))
                .getMessage();
    }

    @Test
    void aFileThatDoesNotSayHowItLiesIsTakenAsItLiesAndThatIsTold() throws IOException {
        double[] straight = voxels(segment(SCAN.write(folder, "straight", Kind.NIFTI)));
        Path unplaced = Files.write(
                folder.resolve("unplaced.nii"),
                SCAN.nifti().putShort(254, (short) 0).array());
        Path other = SCAN.nrrd(folder.resolve("other.nrrd"), "scanner-xyz");
        for (Path file : List.of(unplaced, other)) {
            Segmentation result = segment(file);
            assertArrayEquals(straight, voxels(result));
            assertTrue(
                    notes(result).toString().contains("does not say how it lies"),
                    notes(result).toString());
        }
        try (TransFuse model = OrientedModels.lopsided(InputSpec.Mode.VOLUME, RAS)) {
            CalibratedImage stack = ImageFiles.read(unplaced).withPlacement(Optional.empty());
            assertTrue(notes(model.segment(stack)).toString().contains("does not say how it lies"));
        }
        assertEquals(List.of(), notes(segment(folder.resolve("straight.nii"))), "nothing to tell");
    }

    @ParameterizedTest
    @CsvSource({"right-anterior-superior", "left-anterior-superior", "left-posterior-superior", "RAS", "LAS", "LPS"})
    void allSpacesOfNrrdAreKnown(String space) throws IOException {
        boolean letters = space.length() == 3;
        String spelled = !letters
                ? space
                : (space.charAt(0) == 'L' ? "left" : "right") + (space.charAt(1) == 'P' ? "-posterior" : "-anterior");
        Path file = SCAN.nrrd(folder.resolve("v.nrrd"), spelled);
        byte[] bytes = Files.readAllBytes(file);
        String text = new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1)
                .replace("space: " + spelled + "\n", "space: " + space + "\n");
        Files.write(file, text.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1));
        assertArrayEquals(SCAN.affine(), StoredVolume.read(file).affine());
        assertEquals(List.of(), notes(segment(file)));
    }

    @Test
    void ofSformAndQformTheFirstIsTakenAndThatIsTold() throws IOException {
        StoredVolume turned = SCAN.along(turn(SCAN, "ASL"));
        ByteBuffer file = turned.nifti().putShort(252, (short) 1); // a qform of no rotation
        Segmentation result = segment(Files.write(folder.resolve("both.nii"), StoredVolume.bytes(file)));
        assertTrue(
                notes(result).toString().contains("the sform is used"),
                notes(result).toString());
        Segmentation alone = segment(turned.write(folder, "alone", Kind.NIFTI));
        assertEquals(notes(alone), notes(result).subList(1, notes(result).size()));

        file.putShort(254, (short) 0); // only the qform: axes of 1.5, 2 and 1 mm along RAS
        Segmentation other = segment(Files.write(folder.resolve("qform.nii"), StoredVolume.bytes(file)));
        assertEquals(List.of(), notes(other));

        ByteBuffer agree = SCAN.nifti()
                .putShort(252, (short) 1)
                .putFloat(268, -3)
                .putFloat(272, 10)
                .putFloat(276, 4);
        assertEquals(List.of(), notes(segment(Files.write(folder.resolve("agree.nii"), StoredVolume.bytes(agree)))));
    }

    @Test
    void aSingleSliceAcrossThePlanesOfTheModelIsTold() throws IOException {
        StoredVolume one = StoredVolume.ras(7, 6, 1);
        try (TransFuse model = OrientedModels.lopsided(InputSpec.Mode.SLICES, RAS)) {
            Segmentation axial =
                    model.segment(ImageFiles.read(one.along(turn(one, "PLS")).write(folder, "axial", Kind.NIFTI)));
            assertTrue(
                    notes(axial).toString().contains("lies as PLS"),
                    notes(axial).toString());
            assertEquals(List.of(Axis.Kind.X, Axis.Kind.Y), kinds(axial));
            StoredVolume across = one.placed(0, 0, 2, 0, 1, 0, 0, 0, 0, 1.5, 0, 0);
            Segmentation sagittal = model.segment(ImageFiles.read(across.write(folder, "sagittal", Kind.NIFTI)));
            assertTrue(
                    notes(sagittal).toString().contains("lies across"),
                    notes(sagittal).toString());
        }
    }

    private static List<Axis.Kind> kinds(Segmentation result) {
        return result.axes().stream().map(Axis::kind).toList();
    }

    @Test
    void objectsOfSlicesAreThoseOfTheModelWhichIsTold() throws IOException {
        try (TransFuse model = OrientedModels.lopsided(InputSpec.Mode.SLICES, RAS)) {
            TransFuse inSlices = model.with("connectivity", 8);
            CalibratedImage lying = ImageFiles.read(SCAN.write(folder, "s", Kind.NIFTI));
            Segmentation straight = inSlices.segment(lying);
            assertEquals(List.of(), notes(straight));
            CalibratedImage otherwise =
                    ImageFiles.read(SCAN.along(turn(SCAN, "ASL")).write(folder, "t", Kind.NIFTI));
            Segmentation turned = inSlices.segment(otherwise);
            assertTrue(
                    notes(turned).toString().contains("slices along the axes of the model"),
                    notes(turned).toString());
            assertEquals(cells(lying, straight, 21), cells(otherwise, turned, 21));
        }
    }

    /** Image and mask each lie in another way; the truth is what the model finds, so that all scores are 1. */
    @Test
    void evaluationBringsImageAndMaskTogether() throws IOException {
        StoredVolume labels = StoredVolume.read(straight(InputSpec.Mode.VOLUME, "RAS").labels);
        StoredVolume truth = labels.with(
                Arrays.stream(labels.voxels()).map(label -> Math.min(1, label)).toArray());
        List<Turn> turns = Turn.all();
        for (int i = 0; i < turns.size(); i += 11) {
            SCAN.along(turns.get(i)).write(folder.resolve("images"), "v" + i, Kind.NIFTI);
            truth.along(turns.get((i * 7 + 3) % 48)).write(folder.resolve("masks"), "v" + i, Kind.NRRD);
        }
        Path unplaced = folder.resolve("masks/u.nii");
        SCAN.along(turns.get(9)).write(folder.resolve("images"), "u", Kind.NIFTI);
        Files.write(
                unplaced,
                truth.along(turns.get(9)).nifti().putShort(254, (short) 0).array());
        Settings settings = Settings.evaluating()
                .with("images", folder.resolve("images"))
                .with("masks", folder.resolve("masks"))
                .with("output", folder.resolve("scores"))
                .with("mask_type", "binary");
        try (TransFuse model = OrientedModels.lopsided(InputSpec.Mode.VOLUME, RAS)) {
            EvaluationReport report = Evaluation.of(model, settings).run(EvaluationListener.NONE);
            assertEquals(List.of(), report.failures());
            assertEquals(6, report.scores().size());
            for (CaseScore score : report.scores()) {
                assertEquals(1, Measure.DICE.of(score), score.image());
            }
            assertTrue(report.notes().stream().anyMatch(note -> note.contains("brought to the axes")));
        }
    }

    @Test
    void turnsAreDifferent() {
        assertEquals(
                48,
                Turn.all().stream()
                        .map(SCAN::along)
                        .map(OrientationTest::placement)
                        .map(Placement::codes)
                        .distinct()
                        .count());
        assertNotEquals(SCAN.voxels()[0], SCAN.along(Turn.all().get(1)).voxels()[0]);
    }
}
