package io.github.transfuse.evaluation;

import io.github.transfuse.engine.EdgeLetters;
import io.github.transfuse.engine.Preview;
import io.github.transfuse.image.Axis;
import io.github.transfuse.image.CalibratedImage;
import io.github.transfuse.image.Orientation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import net.imglib2.Cursor;
import net.imglib2.Localizable;
import net.imglib2.RandomAccess;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.Img;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.IntegerType;
import net.imglib2.type.numeric.RealType;
import net.imglib2.type.numeric.integer.IntType;
import net.imglib2.type.numeric.real.FloatType;
import net.imglib2.view.IterableRandomAccessibleInterval;
import net.imglib2.view.Views;

/**
 * A volume in one picture of true proportions: a plane across z, below it one across y, and right of that one across x; in
 * both z runs down. Where it is known how the volume lies in the body, it is shown as radiologists see it, with letters at the
 * edges: the patient's right is left, the front and the head are at the top.
 *
 * @param size of the volume: x, y, z
 * @param cut the voxel whose planes are shown
 * @param shown pixels of the picture along x, y and z
 */
record OrthogonalViews(long[] size, long[] cut, long[] shown) {
    private static final int AXES = 3;
    private static final int MAX_SIDE = 480;
    private static final int GAP = 6;

    /** To where pictures run: to the patient's left and back, and down. */
    static final String SHOWN = "LPI";

    /**
     * Shows a volume with its labels.
     *
     * @param volume in the order X, Y, Z, CHANNEL
     * @param cut the voxel whose planes are shown
     * @param predicted labels of the volume
     * @param truth labels of the volume
     * @param spacing length of a voxel along x, y and z
     */
    static Preview preview(
            CalibratedImage volume,
            long[] cut,
            RandomAccessibleInterval<? extends IntegerType<?>> predicted,
            RandomAccessibleInterval<? extends IntegerType<?>> truth,
            double... spacing) {
        Optional<Orientation> turn = volume.placement().flatMap(place -> Orientation.nearest(place, SHOWN));
        if (turn.isEmpty()) {
            OrthogonalViews views = of(truth.dimensionsAsLongArray(), cut, spacing);
            return CasePictures.preview(
                    views.picture(volume, name(volume, cut)), views.labels(predicted), views.labels(truth));
        }
        Orientation body = turn.get();
        RandomAccessibleInterval<? extends IntegerType<?>> turned = body.apply(truth);
        OrthogonalViews views =
                of(turned.dimensionsAsLongArray(), body.apply(cut, truth.dimensionsAsLongArray()), body.apply(spacing));
        Preview preview = CasePictures.preview(
                views.picture(body.apply(volume), name(volume, cut)),
                views.labels(body.apply(predicted)),
                views.labels(turned));
        views.letter(preview);
        return preview;
    }

    private void letter(Preview preview) {
        int x = Math.toIntExact(shown[0]);
        int y = Math.toIntExact(shown[1]);
        int z = Math.toIntExact(shown[2]);
        EdgeLetters.along(SHOWN.charAt(0), SHOWN.charAt(1)).draw(preview, 0, 0, x, y);
        EdgeLetters.along(SHOWN.charAt(0), SHOWN.charAt(2)).draw(preview, 0, y + GAP, x, z);
        EdgeLetters.along(SHOWN.charAt(1), SHOWN.charAt(2)).draw(preview, x + GAP, y + GAP, y, z);
    }

    private static OrthogonalViews of(long[] size, long[] cut, double... spacing) {
        double across = size[0] * spacing[0] + size[1] * spacing[1];
        double down = size[1] * spacing[1] + size[2] * spacing[2];
        double scale = (MAX_SIDE - GAP) / Math.max(across, down);
        long[] shown = new long[AXES];
        Arrays.setAll(shown, d -> Math.max(1, (long) (size[d] * spacing[d] * scale)));
        return new OrthogonalViews(size, cut, shown);
    }

    /**
     * The planes with the most wrong voxels; where nothing is wrong those with the most of the truth, and where there is
     * none those in the middle.
     *
     * @param predicted classes
     * @param truth classes
     */
    static long[] worst(
            RandomAccessibleInterval<? extends IntegerType<?>> predicted,
            RandomAccessibleInterval<? extends IntegerType<?>> truth) {
        long[] size = truth.dimensionsAsLongArray();
        long[][] wrong = new long[AXES][];
        long[][] wanted = new long[AXES][];
        for (int d = 0; d < AXES; d++) {
            wrong[d] = new long[Math.toIntExact(size[d])];
            wanted[d] = new long[wrong[d].length];
        }
        RandomAccess<? extends IntegerType<?>> found = predicted.randomAccess();
        Cursor<? extends IntegerType<?>> cursor =
                IterableRandomAccessibleInterval.create(truth).localizingCursor();
        while (cursor.hasNext()) {
            long label = cursor.next().getIntegerLong();
            boolean foreground = label != 0;
            boolean differs = found.setPositionAndGet(cursor).getIntegerLong() != label;
            for (int d = 0; d < AXES && (foreground || differs); d++) {
                wrong[d][cursor.getIntPosition(d)] += differs ? 1 : 0;
                wanted[d][cursor.getIntPosition(d)] += foreground ? 1 : 0;
            }
        }
        long[] cut = new long[AXES];
        Arrays.setAll(cut, d -> most(any(wrong[d]) ? wrong[d] : wanted[d]));
        return cut;
    }

    private static boolean any(long... counts) {
        return Arrays.stream(counts).anyMatch(count -> count > 0);
    }

    private static int most(long... counts) {
        int most = counts.length / 2;
        for (int i = 0; i < counts.length; i++) {
            most = counts[i] > counts[most] ? i : most;
        }
        return most;
    }

    private long width() {
        return shown[0] + GAP + shown[1];
    }

    private long height() {
        return shown[1] + GAP + shown[2];
    }

    /** Moves to the voxel of a pixel of the picture; false if that shows none. */
    private boolean moveTo(Localizable pixel, RandomAccess<?> voxel) {
        long right = pixel.getLongPosition(0) - shown[0] - GAP;
        long below = pixel.getLongPosition(1) - shown[1] - GAP;
        boolean inX = right < -GAP;
        boolean acrossZ = inX && below < -GAP;
        if (!acrossZ && (below < 0 || (!inX && right < 0))) {
            return false;
        }
        long y = acrossZ ? pixel.getLongPosition(1) : right;
        voxel.setPosition(inX ? pixel.getLongPosition(0) * size[0] / shown[0] : cut[0], 0);
        voxel.setPosition(acrossZ || !inX ? y * size[1] / shown[1] : cut[1], 1);
        voxel.setPosition(acrossZ ? cut[2] : below * size[2] / shown[2], 2);
        return true;
    }

    /** Counts voxels as the volume lies. */
    private static String name(CalibratedImage volume, long... cut) {
        return String.format(Locale.ROOT, "%s (slice %d, y %d, x %d)", volume.name(), cut[2] + 1, cut[1], cut[0]);
    }

    private CalibratedImage picture(CalibratedImage volume, String name) {
        long channels = volume.size(Axis.Kind.CHANNEL);
        Img<FloatType> pixels = ArrayImgs.floats(width(), height(), channels);
        for (long c = 0; c < channels; c++) {
            paint(volume.slice(Axis.Kind.CHANNEL, c).pixels(), Views.hyperSlice(pixels, 2, c));
        }
        List<Axis> axes = new ArrayList<>(volume.axes());
        axes.remove(2);
        return new CalibratedImage(name, pixels, axes, false, List.of());
    }

    /** What lies between the planes gets the darkest value that is seen. */
    private void paint(
            RandomAccessibleInterval<? extends RealType<?>> channel, RandomAccessibleInterval<FloatType> target) {
        RandomAccess<? extends RealType<?>> voxel = channel.randomAccess();
        float darkest = Float.POSITIVE_INFINITY;
        Cursor<FloatType> cursor =
                IterableRandomAccessibleInterval.create(target).localizingCursor();
        while (cursor.hasNext()) {
            cursor.fwd();
            if (moveTo(cursor, voxel)) {
                cursor.get().set(voxel.get().getRealFloat());
                darkest = Math.min(darkest, cursor.get().get());
            }
        }
        cursor.reset();
        while (cursor.hasNext()) {
            cursor.fwd();
            if (!moveTo(cursor, voxel)) {
                cursor.get().set(darkest);
            }
        }
    }

    private Img<IntType> labels(RandomAccessibleInterval<? extends IntegerType<?>> labels) {
        Img<IntType> target = ArrayImgs.ints(width(), height());
        RandomAccess<? extends IntegerType<?>> voxel = labels.randomAccess();
        Cursor<IntType> cursor = target.localizingCursor();
        while (cursor.hasNext()) {
            cursor.fwd();
            cursor.get().set(moveTo(cursor, voxel) ? voxel.get().getInteger() : 0);
        }
        return target;
    }
}
