package io.github.transfuse.evaluation;

import io.github.transfuse.engine.Preview;
import io.github.transfuse.image.Axis;
import io.github.transfuse.image.CalibratedImage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
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
 * A volume in one picture of true proportions: a plane across z, right of it one across x (z runs to the right), below it
 * one across y (z runs down).
 *
 * @param size of the volume: x, y, z
 * @param cut the voxel whose planes are shown
 * @param shown pixels of the picture along x, y and z
 */
record OrthogonalViews(long[] size, long[] cut, long[] shown) {
    private static final int AXES = 3;
    private static final int MAX_SIDE = 480;
    private static final int GAP = 6;

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
        OrthogonalViews views = of(truth.dimensionsAsLongArray(), cut, spacing);
        return CasePictures.preview(views.picture(volume), views.labels(predicted), views.labels(truth));
    }

    private static OrthogonalViews of(long[] size, long[] cut, double... spacing) {
        double across = size[0] * spacing[0] + size[2] * spacing[2];
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
        return shown[0] + GAP + shown[2];
    }

    private long height() {
        return shown[1] + GAP + shown[2];
    }

    /** Moves to the voxel of a pixel of the picture; false if that shows none. */
    private boolean moveTo(Localizable pixel, RandomAccess<?> voxel) {
        long right = pixel.getLongPosition(0) - shown[0] - GAP;
        long below = pixel.getLongPosition(1) - shown[1] - GAP;
        boolean inX = right < -GAP;
        boolean inY = below < -GAP;
        boolean inZ = inX ? below >= 0 : right >= 0;
        if (!(inX && inY) && !(inZ && (inX || inY))) {
            return false;
        }
        voxel.setPosition(inX ? pixel.getLongPosition(0) * size[0] / shown[0] : cut[0], 0);
        voxel.setPosition(inY ? pixel.getLongPosition(1) * size[1] / shown[1] : cut[1], 1);
        voxel.setPosition(inX && inY ? cut[2] : Math.max(right, below) * size[2] / shown[2], 2);
        return true;
    }

    private CalibratedImage picture(CalibratedImage volume) {
        long channels = volume.size(Axis.Kind.CHANNEL);
        Img<FloatType> pixels = ArrayImgs.floats(width(), height(), channels);
        for (long c = 0; c < channels; c++) {
            paint(volume.slice(Axis.Kind.CHANNEL, c).pixels(), Views.hyperSlice(pixels, 2, c));
        }
        String name =
                String.format(Locale.ROOT, "%s (slice %d, y %d, x %d)", volume.name(), cut[2] + 1, cut[1], cut[0]);
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
