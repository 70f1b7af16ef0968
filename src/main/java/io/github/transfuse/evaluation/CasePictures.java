package io.github.transfuse.evaluation;

import io.github.transfuse.batch.OverlayPicture;
import io.github.transfuse.engine.Preview;
import io.github.transfuse.image.Axis;
import io.github.transfuse.image.CalibratedImage;
import java.awt.image.BufferedImage;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import net.imglib2.RandomAccess;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.IntegerType;

/**
 * Keeps small pictures of the worst and the best cases, so that memory does not grow with the number of images. Which are
 * kept does not depend on the order in which they come.
 */
final class CasePictures implements Serializable {
    private static final long serialVersionUID = 1;

    private static final int KEPT = 6;
    private static final int MAX_SIDE = 480;

    /** 255 would mean "left out". */
    private static final int MAX_LABELS = 254;

    /** In order of rising Dice: the worst and the best so far. */
    private final List<Numbered> sorted = new ArrayList<>();

    /**
     * A picture.
     *
     * @param number of the image in the evaluation
     * @param part of the image: plane or volume
     */
    private record Numbered(double dice, int number, int part, Preview preview) implements Serializable {
        /** Of the same Dice, in the order of images. */
        static final Comparator<Numbered> ORDER = Comparator.comparingDouble(Numbered::dice)
                .thenComparingInt(Numbered::number)
                .thenComparingInt(Numbered::part);

        EvaluationReport.Case picture() {
            return new EvaluationReport.Case(dice, preview);
        }
    }

    /** Adds those of an image. */
    void add(int number, List<CaseScorer.Scored> parts) {
        for (int part = 0; part < parts.size(); part++) {
            CaseScorer.Scored scored = parts.get(part);
            add(new Numbered(CaseScore.dice(scored.scores()), number, part, scored.preview()));
        }
    }

    /** Adds what others kept of other images. */
    void add(CasePictures others) {
        others.sorted.forEach(this::add);
    }

    private void add(Numbered picture) {
        sorted.add(picture);
        sorted.sort(Numbered.ORDER);
        if (sorted.size() > 2 * KEPT) {
            sorted.remove(KEPT);
        }
    }

    /** At most six of each; of few images the larger half counts as worst. */
    EvaluationReport.Pictures chosen() {
        int worst = Math.min(KEPT, (sorted.size() + 1) / 2);
        List<EvaluationReport.Case> cases =
                sorted.stream().map(Numbered::picture).toList();
        List<EvaluationReport.Case> best = new ArrayList<>(cases.subList(worst, cases.size()));
        Collections.reverse(best);
        return new EvaluationReport.Pictures(cases.subList(0, worst), List.copyOf(best));
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
