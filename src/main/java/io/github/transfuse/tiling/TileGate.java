package io.github.transfuse.tiling;

import java.io.IOException;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Leaves out tiles that are not worth computing, such as the glass around a tissue: they are neither read nor predicted,
 * but count as background. For one run of a {@link SlidingWindow}, which predicts in the order of the plan.
 */
public final class TileGate implements TileReader, TilePredictor {
    /** Logit of what is certain: a probability within 10^-8 of 0 or 1. */
    private static final float CERTAIN = 20;

    private final TilePlan plan;
    private final Predicate<Tile> wanted;
    private final TileReader reader;
    private final TilePredictor predictor;
    private final int classes;
    private long next;
    private long skipped;

    /**
     * A gate before a reader and a predictor.
     *
     * @param plan the tiles of the run
     * @param wanted whether a tile is computed; asked from several threads
     * @param reader reads the tiles that are
     * @param predictor predicts them
     * @param classes of the predictor: with one, background is a low logit; with more, a high one of class 0
     */
    public TileGate(TilePlan plan, Predicate<Tile> wanted, TileReader reader, TilePredictor predictor, int classes) {
        this.plan = plan;
        this.wanted = wanted;
        this.reader = reader;
        this.predictor = predictor;
        this.classes = classes;
    }

    /** Tiles left out so far. */
    public long skipped() {
        return skipped;
    }

    @Override
    public void read(Tile tile, FloatBuffer target) throws IOException {
        if (wanted.test(tile)) {
            reader.read(tile, target);
        }
    }

    @Override
    public FloatBuffer predict(FloatBuffer tiles, int[] shape) throws IOException {
        List<Integer> kept = new ArrayList<>();
        for (int i = 0; i < shape[0]; i++) {
            if (wanted.test(plan.tile(next + i))) {
                kept.add(i);
            }
        }
        next += shape[0];
        skipped += shape[0] - kept.size();
        return kept.size() == shape[0] ? predictor.predict(tiles, shape) : predictKept(tiles, shape, kept);
    }

    private FloatBuffer predictKept(FloatBuffer tiles, int[] shape, List<Integer> kept) throws IOException {
        int pixels = plan.tilePixels();
        FloatBuffer logits = FloatBuffer.allocate(shape[0] * classes * pixels);
        for (int i = 0; i < logits.capacity(); i++) {
            logits.put(i, background(i / pixels % classes));
        }
        if (!kept.isEmpty()) {
            int[] part = shape.clone();
            part[0] = kept.size();
            FloatBuffer predicted = predictor.predict(packed(tiles, tiles.remaining() / shape[0], kept), part);
            int perTile = classes * pixels;
            for (int i = 0; i < kept.size(); i++) {
                logits.put(kept.get(i) * perTile, predicted, predicted.position() + i * perTile, perTile);
            }
        }
        return logits;
    }

    private float background(int classIndex) {
        if (classes == 1) {
            return -CERTAIN;
        }
        return classIndex == 0 ? CERTAIN : 0;
    }

    private static FloatBuffer packed(FloatBuffer tiles, int perTile, List<Integer> kept) {
        FloatBuffer packed = DirectFloats.allocate(kept.size(), perTile);
        for (int i = 0; i < kept.size(); i++) {
            packed.put(i * perTile, tiles, tiles.position() + kept.get(i) * perTile, perTile);
        }
        return packed;
    }
}
