package io.github.transfuse.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.transfuse.image.DicomScan;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Training and evaluating on folders as clinics have them: a folder of slices for each scan, and masks in NIfTI. */
class ClinicalFoldersTest {
    private static final int SIDE = 36;
    private static final int SLICES = 3;
    private static final int HEADER = 352;

    @TempDir
    Path folder;

    /** Four scans of two patients, in the folders of an archive. */
    @BeforeEach
    void write() throws IOException {
        write(0, 4);
    }

    private void write(int from, int to) throws IOException {
        for (int i = from; i < to; i++) {
            int shift = i;
            DicomScan.write(
                    folder.resolve("images/scan." + i + "/study/series"),
                    "PATID" + i / 2,
                    (x, y, z) -> isInside(x - shift, y, z) ? 900 : 100 + x,
                    SIDE,
                    SIDE,
                    SLICES);
            Files.write(Files.createDirectories(folder.resolve("masks")).resolve("scan." + i + ".nii"), mask(shift));
        }
    }

    private static boolean isInside(int x, int y, int z) {
        return x > 4 && x < 20 && y > 8 + z && y < 30;
    }

    /** Along the axes of nibabel, RAS, so that x and y run against those of the scan. */
    private static byte[] mask(int shift) {
        ByteBuffer file = ByteBuffer.allocate(HEADER + SIDE * SIDE * SLICES).order(ByteOrder.LITTLE_ENDIAN);
        file.putInt(0, 348);
        short[] dimensions = {3, SIDE, SIDE, SLICES, 1, 1, 1, 1};
        for (int d = 0; d < dimensions.length; d++) {
            file.putShort(40 + 2 * d, dimensions[d]);
        }
        file.putShort(70, (short) 2).putShort(72, (short) 8);
        file.putFloat(76, 1).putFloat(80, 1).putFloat(84, 1).putFloat(88, 2);
        file.putFloat(108, HEADER).putFloat(112, 1).put(123, (byte) 2).putShort(254, (short) 1);
        file.putFloat(280, 1).putFloat(292, 1 - SIDE);
        file.putFloat(300, 1).putFloat(308, 1 - SIDE);
        file.putFloat(320, 2);
        file.put(344, "n+1".getBytes(StandardCharsets.US_ASCII));
        for (int i = 0; i < SIDE * SIDE * SLICES; i++) {
            int x = SIDE - 1 - i % SIDE;
            int y = SIDE - 1 - i / SIDE % SIDE;
            file.put(HEADER + i, (byte) (isInside(x - shift, y, i / (SIDE * SIDE)) ? 1 : 0));
        }
        return file.array();
    }

    private record Told(int code, String text) {}

    private Told run(String command, String... more) {
        StringWriter text = new StringWriter();
        PrintWriter writer = new PrintWriter(text);
        String[] line = Stream.concat(
                        Stream.of(
                                command, "--images=" + folder.resolve("images"), "--masks=" + folder.resolve("masks")),
                        Stream.of(more))
                .toArray(String[]::new);
        return new Told(Main.run(writer, writer, line), text.toString());
    }

    /** Of the checksums and names of all files of a folder, a line each, as {@code sha256sum} writes but for one space. */
    private static String checksum(Path folder) throws Exception {
        StringBuilder lines = new StringBuilder();
        for (int k = 1; k <= SLICES; k++) {
            String name = String.format(java.util.Locale.ROOT, "%03d.dcm", k);
            lines.append(sha256(Files.readAllBytes(folder.resolve(name))))
                    .append(' ')
                    .append(name)
                    .append('\n');
        }
        return sha256(lines.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static String sha256(byte[] bytes) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }

    @Test
    void scansAreLearnedAndScoredAndPatientsStayTogetherAndUnnamed() throws Exception {
        Path model = folder.resolve("model");
        Told trained = run(
                "train",
                "--output=" + model,
                "--epochs=1",
                "--batch-size=2",
                "--variant=T",
                "--input-rule=resize",
                "--input-size=32x32");
        assertEquals(0, trained.code, trained.text);
        assertTrue(trained.text.contains("1 of 2 patients, each with all scans"), trained.text);
        Map<String, String> parts = new TreeMap<>();
        List<String> rows = Files.readAllLines(model.resolve("data.csv"));
        for (String row : rows.subList(1, rows.size())) {
            List<String> cells = List.of(row.split(",", -1));
            parts.put(cells.get(0), cells.get(1));
            assertEquals(cells.get(0), cells.get(2), "the name of the scan, not of its series");
            assertEquals(checksum(folder.resolve("images/" + cells.get(0) + "/study/series")), cells.get(3));
        }
        assertEquals(4, parts.size());
        assertEquals(parts.get("scan.0"), parts.get("scan.1"), parts::toString);
        assertEquals(parts.get("scan.2"), parts.get("scan.3"), parts::toString);
        assertFalse(parts.get("scan.0").equals(parts.get("scan.2")), parts::toString);

        Path output = folder.resolve("report");
        Told scored = run("evaluate", "--model=" + model, "--output=" + output);
        assertEquals(0, scored.code, scored.text);
        try (Stream<Path> ofModel = Files.walk(model);
                Stream<Path> ofReport = Files.walk(output);
                Stream<Path> files = Stream.concat(ofModel, ofReport)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String text = Files.readString(file, StandardCharsets.ISO_8859_1);
                assertFalse(text.contains("PATID"), file + " names a patient");
            }
        }
        assertFalse((trained.text + scored.text).contains("PATID"), trained.text + scored.text);
    }

    @Test
    void foldsKeepPatientsTogether() throws IOException {
        DicomScan.write(folder.resolve("images/scan.4"), "PATID2", (x, y, z) -> x, SIDE, SIDE, SLICES);
        Files.write(folder.resolve("masks/scan.4.nii"), mask(4));
        Told told = run("train", "--output=" + folder.resolve("model"), "--folds=3", "--dry-run");
        assertEquals(0, told.code, told.text);
        assertTrue(told.text.contains("All scans of a patient stay on one side"), told.text);
        assertTrue(told.text.matches("(?s).*tests have (2, 2, 1|2, 1, 2|1, 2, 2) images.*"), told.text);
    }

    /** Eight scans of four patients: each is tested once, by a model that has seen no scan of its patient. */
    @Test
    void foldsOfScansRunToTheirEnd() throws Exception {
        write(4, 8);
        Path model = folder.resolve("model");
        Told told = run(
                "train",
                "--output=" + model,
                "--folds=2",
                "--epochs=1",
                "--batch-size=2",
                "--variant=T",
                "--start-from=random",
                "--input-rule=resize",
                "--input-size=32x32");
        assertEquals(0, told.code, told.text);
        assertTrue(told.text.contains("All scans of a patient stay on one side"), told.text);
        Map<String, String> tested = new TreeMap<>();
        for (String fold : List.of("fold-1", "fold-2")) {
            List<String> rows = Files.readAllLines(model.resolve(fold + "/test/evaluation.csv"));
            rows.stream()
                    .map(row -> row.replaceAll("[,#].*", ""))
                    .filter(name -> name.startsWith("scan."))
                    .forEach(name -> tested.put(name, fold));
            List<String> learned = Files.readAllLines(model.resolve(fold + "/data.csv"));
            tested.forEach((scan, by) -> assertTrue(
                    !by.equals(fold) || learned.stream().noneMatch(row -> row.startsWith(scan + ",")), scan));
        }
        assertEquals(8, tested.size(), tested::toString);
        for (int i = 0; i < 8; i += 2) {
            assertEquals(tested.get("scan." + i), tested.get("scan." + (i + 1)), tested::toString);
        }
        assertEquals(5, Files.readAllLines(model.resolve("folds.csv")).size());
        Told scored = run("evaluate", "--model=" + model, "--output=" + folder.resolve("report"));
        assertEquals(0, scored.code, scored.text);
    }

    /** NaN, and no place: both are told, in training as in evaluation. */
    @Test
    void whatBecomesOfMasksIsTold() throws IOException {
        ByteBuffer unplaced = ByteBuffer.wrap(mask(0)).order(ByteOrder.LITTLE_ENDIAN);
        unplaced.putShort(254, (short) 0);
        Files.write(folder.resolve("masks/scan.0.nii"), unplaced.array());
        ByteBuffer whole = ByteBuffer.wrap(mask(1)).order(ByteOrder.LITTLE_ENDIAN);
        ByteBuffer floats =
                ByteBuffer.allocate(HEADER + SIDE * SIDE * SLICES * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        floats.put(whole.array(), 0, HEADER).putShort(70, (short) 16).putShort(72, (short) 32);
        for (int i = 0; i < SIDE * SIDE * SLICES; i++) {
            // a slope leaves whole numbers nearly whole
            float value = i < 2 ? Float.NaN : Math.nextUp((float) whole.get(HEADER + i));
            floats.putFloat(HEADER + Float.BYTES * i, value);
        }
        Files.write(folder.resolve("masks/scan.1.nii"), floats.array());
        Told dry = run("train", "--output=" + folder.resolve("model"), "--mask-type=binary", "--dry-run");
        assertEquals(0, dry.code, dry.text);
        for (String sentence : List.of(
                "Masks whose files do not say where they lie are taken voxel by voxel",
                "2 voxels of scan.1.nii have no value (NaN): background is taken.")) {
            assertTrue(dry.text.contains(sentence), dry.text);
        }
    }
}
