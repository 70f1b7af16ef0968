package io.github.transfuse.evaluation;

import io.github.transfuse.batch.OverlayPicture;
import io.github.transfuse.engine.Preview;
import io.github.transfuse.image.Axis;
import io.github.transfuse.image.CalibratedImage;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import net.imglib2.RandomAccess;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.IntegerType;

/** Keeps small pictures of the worst and the best cases, so that memory does not grow with the number of images. */
final class CasePictures {
    private static final int KEPT = 6;
    private static final int MAX_SIDE = 480;

    /** 255 would mean "left out". */
    private static final int MAX_LABELS = 254;

    /** In order of rising Dice: the worst and the best so far. */
    private final List<EvaluationReport.Case> sorted = new ArrayList<>();

    void add(CaseScorer.Scored scored) {
        sorted.add(new EvaluationReport.Case(CaseScore.dice(scored.scores()), scored.preview()));
        sorted.sort(Comparator.comparingDouble(EvaluationReport.Case::dice));
        if (sorted.size() > 2 * KEPT) {
            sorted.remove(KEPT);
        }
    }

    /** At most six of each; of few images the larger half counts as worst. */
    EvaluationReport.Pictures chosen() {
        int worst = Math.min(KEPT, (sorted.size() + 1) / 2);
        List<EvaluationReport.Case> best = new ArrayList<>(sorted.subList(worst, sorted.size()));
        Collections.reverse(best);
        return new EvaluationReport.Pictures(List.copyOf(sorted.subList(0, worst)), List.copyOf(best));
    }

    /** A plane in the order X, Y, CHANNEL with its labels, reduced to thumbnails by taking every n-th pixel. */
    static Preview preview(
            CalibratedImage plane,
            RandomAccessibleInterval<? extends IntegerType<?>> predicted,
            RandomAccessibleInterval<? extends IntegerType<?>> truth) {
        BufferedImage picture = OverlayPicture.plain(plane);
        long longest = Math.max(plane.size(Axis.Kind.X), plane.size(Axis.Kind.Y));
        double step = Math.max(1, (double) longest / MAX_SIDE);
        int width = (int) Math.max(1, picture.getWidth() / step);
        int height = (int) Math.max(1, picture.getHeight() / step);
        int[] rgb = new int[width * height];
        byte[] found = new byte[rgb.length];
        byte[] wanted = new byte[rgb.length];
        RandomAccess<? extends IntegerType<?>> foundAt = predicted.randomAccess();
        RandomAccess<? extends IntegerType<?>> wantedAt = truth.randomAccess();
        for (int i = 0; i < rgb.length; i++) {
            int x = (int) ((i % width + 0.5) * step);
            int row = i / width;
            int y = (int) ((row + 0.5) * step);
            rgb[i] = picture.getRGB(x, y) & 0xFFFFFF;
            found[i] = label(foundAt.setPositionAndGet(x, y));
            wanted[i] = label(wantedAt.setPositionAndGet(x, y));
        }
        return new Preview(plane.name(), height, width, rgb, found, wanted);
    }

    private static byte label(IntegerType<?> value) {
        long label = value.getIntegerLong();
        return (byte) (label == 0 ? 0 : 1 + (label - 1) % MAX_LABELS);
    }
}
