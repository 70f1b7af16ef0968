package io.github.transfuse.bench;

import io.github.transfuse.TransFuse;
import io.github.transfuse.evaluation.Evaluation;
import io.github.transfuse.evaluation.EvaluationListener;
import io.github.transfuse.evaluation.EvaluationReport;
import io.github.transfuse.evaluation.Measure;
import io.github.transfuse.files.TemporaryFolder;
import io.github.transfuse.inference.TileGrid;
import io.github.transfuse.metrics.Summary;
import io.github.transfuse.model.InputSpec;
import io.github.transfuse.model.OutputSpec;
import io.github.transfuse.settings.Keys;
import io.github.transfuse.settings.Settings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Measures with which tiles a model may segment: what larger tiles and less overlap cost in score and show as seams, and
 * what time they save. One evaluation for each kind of tiles; only images larger than a tile tell anything.
 *
 * @param model name or folder of a model that sees its images tile by tile
 * @param images folder of images
 * @param masks folder of their masks
 */
public record TilingBenchmark(String model, Path images, Path masks) {
    /** Least loss of score that counts. */
    private static final double MAX_LOSS = 0.003;

    /** Tiles can be seen above this, see {@link io.github.transfuse.tiling.SeamIndex}. */
    private static final double MAX_SEAM = 1.2;

    private static final double[] OVERLAPS = {0.5, 0.25, 0.125};

    /** Sides as multiples of the model's own. */
    private static final double[] SIDES = {1, 1.5, 2};

    /**
     * One kind of tiles.
     *
     * @param tile sides in pixels, x first
     * @param overlap share of a tile that neighbours have in common
     * @param score object F1 of models that tell objects apart, otherwise Dice: mean over the images
     * @param seam mean seam index
     * @param seconds in which the network computed
     * @param images how many were scored
     */
    public record Row(int[] tile, double overlap, double score, double seam, double seconds, int images) {
        /** Whether it is as good as a reference. */
        boolean isAsGood(Row reference) {
            return score >= reference.score - MAX_LOSS && !(seam > Math.max(MAX_SEAM, reference.seam));
        }
    }

    /**
     * Measures all kinds, those of the model's own tile first, from the greatest overlap on.
     *
     * @param measured hears of each row as it comes
     * @throws IllegalArgumentException if the model does not see its images tile by tile
     * @throws IOException if the model, the images or the masks cannot be read
     */
    public List<Row> run(Consumer<Row> measured) throws IOException {
        Settings settings = Settings.evaluating()
                .with(Keys.MODEL, model)
                .with(Keys.IMAGES, images.toString())
                .with(Keys.MASKS, masks.toString());
        try (TransFuse network = TransFuse.load(Evaluation.segmenting(settings))) {
            InputSpec input = network.model().spec().input();
            if (input.rule() != InputSpec.Rule.TILE) {
                throw new IllegalArgumentException(
                        "Model " + model + " sees whole images: it has no tiles to be measured.");
            }
            network.open();
            List<Row> rows = new ArrayList<>();
            for (int[] tile : tiles(TileGrid.of(input).size())) {
                for (double overlap : OVERLAPS) {
                    rows.add(row(network, settings, tile, overlap));
                    measured.accept(rows.get(rows.size() - 1));
                }
            }
            return rows;
        }
    }

    /** Volumes keep their tile: larger ones need more memory than there often is. */
    private static List<int[]> tiles(int[] own) {
        return Arrays.stream(SIDES)
                .filter(side -> side == 1 || own.length == 2)
                .mapToObj(side ->
                        Arrays.stream(own).map(n -> (int) Math.round(n * side)).toArray())
                .toList();
    }

    private static Row row(TransFuse network, Settings settings, int[] tile, double overlap) throws IOException {
        try (TemporaryFolder folder = TemporaryFolder.make()) {
            Settings asked = settings.with(Keys.OUTPUT, folder.path())
                    .with(Keys.TILE_SIZE, tile)
                    .with(Keys.OVERLAP, overlap);
            double before = network.computingSeconds();
            EvaluationReport report = Evaluation.of(network, asked).run(EvaluationListener.NONE);
            boolean objects = network.model().spec().output().kind() != OutputSpec.Kind.CLASSES;
            Summary score = objects ? mean(report, Measure.OBJECT_F1) : report.classDice();
            return new Row(
                    tile,
                    overlap,
                    score.mean(),
                    mean(report, Measure.SEAM_INDEX).mean(),
                    network.computingSeconds() - before,
                    score.n());
        }
    }

    private static Summary mean(EvaluationReport report, Measure measure) {
        return Summary.of(report.scores().stream().mapToDouble(measure::of).toArray());
    }

    /**
     * The fastest kind that loses no more than {@value #MAX_LOSS} against the first row and shows no seams (an index of at
     * most {@value #MAX_SEAM}, or the first row's if that is more).
     *
     * @param rows of {@link #run}
     * @return empty if no image was scored
     */
    public static Optional<Row> best(List<Row> rows) {
        return rows.stream()
                .filter(row -> row.images > 0 && row.isAsGood(rows.get(0)))
                .min(Comparator.comparingDouble(Row::seconds));
    }
}
