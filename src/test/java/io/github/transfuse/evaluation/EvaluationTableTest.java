package io.github.transfuse.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ij.ImagePlus;
import ij.io.FileSaver;
import ij.process.ByteProcessor;
import io.github.transfuse.FakeNetworks;
import io.github.transfuse.TransFuse;
import io.github.transfuse.model.InputSpec.Rule;
import io.github.transfuse.model.ModelFolder;
import io.github.transfuse.model.OutputSpec.Kind;
import io.github.transfuse.settings.Settings;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Evaluations from file to score agree with {@code evaluation/medpy.tsv}, which was computed without our code by MedPy
 * 0.5.2 and SciPy 1.17.1 on NumPy 2.4.6.
 *
 * <p>That script draws each case on 96 x 80 pixels: a pixel (x, y) belongs to an ellipse {@code cx,cy,a,b} if {@code (x-cx)^2 b^2 +
 * (y-cy)^2 a^2 <= a^2 b^2}, and to the mask if it belongs to any ellipse of the column. The columns are then {@code dc},
 * {@code jc}, {@code precision}, {@code recall} and {@code hd95} of {@code medpy.metric.binary}, and {@code assd} is the mean
 * of its {@code asd} in both directions; the last two with {@code voxelspacing=(height, width)}. (MedPy's own
 * {@code assd} pools the distances of both directions since 0.5.) {@code nsd} is the share of those distances up to the longer of
 * both lengths. For {@code object_f1}, {@code scipy.ndimage.label} with a full 3 x 3 structure
 * finds the objects, {@code scipy.optimize.linear_sum_assignment} pairs those of an IoU above 0.5, and F1 is 2 pairs /
 * (predicted + true objects).
 */
class EvaluationTableTest {
    private static final int WIDTH = 96;
    private static final int HEIGHT = 80;

    /** Our Dice has 0.001 added above and below, and the table has six digits. */
    private static final double TOLERANCE = 2e-5;

    @TempDir
    Path folder;

    private static List<Map<String, String>> table() throws IOException {
        List<Map<String, String>> rows = new ArrayList<>();
        try (InputStream stream = EvaluationTableTest.class.getResourceAsStream("/evaluation/medpy.tsv")) {
            List<String> lines = new String(stream.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
            String[] names = lines.get(0).split("\t", -1);
            for (String line : lines.subList(1, lines.size())) {
                String[] cells = line.split("\t", -1);
                Map<String, String> row = new LinkedHashMap<>();
                for (int i = 0; i < names.length; i++) {
                    row.put(names[i], cells[i]);
                }
                rows.add(row);
            }
        }
        return rows;
    }

    private static boolean inside(int[] ellipse, int x, int y) {
        long a = ellipse[2];
        long b = ellipse[3];
        long dx = (long) x - ellipse[0];
        long dy = (long) y - ellipse[1];
        return dx * dx * b * b + dy * dy * a * a <= a * a * b * b;
    }

    private void draw(String part, Map<String, String> row, String column) throws IOException {
        List<int[]> ellipses = Arrays.stream(row.get(column).split(";"))
                .map(text -> Arrays.stream(text.split(","))
                        .mapToInt(Integer::parseInt)
                        .toArray())
                .toList();
        ByteProcessor pixels = new ByteProcessor(WIDTH, HEIGHT);
        for (int i = 0; i < WIDTH * HEIGHT; i++) {
            int x = i % WIDTH;
            int y = i / WIDTH;
            pixels.set(i, ellipses.stream().anyMatch(e -> inside(e, x, y)) ? 255 : 0);
        }
        ImagePlus image = new ImagePlus(row.get("case"), pixels);
        image.getCalibration().pixelWidth = Double.parseDouble(row.get("width"));
        image.getCalibration().pixelHeight = Double.parseDouble(row.get("height"));
        image.getCalibration().setUnit("micron");
        Path file = folder.resolve(part).resolve(row.get("case") + ".tif");
        Files.createDirectories(file.getParent());
        new FileSaver(image).saveAsTiff(file.toString());
    }

    @Test
    void everyMeasureAgrees() throws IOException {
        List<Map<String, String>> table = table();
        for (Map<String, String> row : table) {
            draw("images", row, "predicted");
            draw("masks", row, "truth");
        }
        ModelFolder model = FakeNetworks.model(Rule.TILE, 1, Kind.INSTANCES, Optional.empty());
        Settings settings = Settings.evaluating()
                .with("images", folder.resolve("images"))
                .with("masks", folder.resolve("masks"))
                .with("output", folder.resolve("out"))
                .with("threshold", 0.7);
        EvaluationReport report;
        try (TransFuse network = FakeNetworks.open(model, options -> new FakeNetworks.Times(2))) {
            report = Evaluation.of(network, settings).run(EvaluationListener.NONE);
        }
        assertEquals(List.of(), report.failures());
        assertEquals(table.size(), report.scores().size());
        for (Map<String, String> row : table) {
            CaseScore score = report.scores().stream()
                    .filter(each -> each.image().equals(row.get("case")))
                    .findFirst()
                    .orElseThrow();
            assertEquals("micron", score.unit());
            for (Measure measure : Measure.values()) {
                if (measure != Measure.SEAM_INDEX) {
                    assertEquals(
                            Double.parseDouble(row.get(measure.key())),
                            measure.of(score),
                            TOLERANCE,
                            measure + " of " + row.get("case"));
                }
            }
        }
    }
}
