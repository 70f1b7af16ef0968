package io.github.transfuse.slide;

import io.github.transfuse.image.ResultStore;
import io.github.transfuse.labels.ConnectedComponents;
import io.github.transfuse.labels.Connectivity;
import java.io.IOException;
import java.util.function.Predicate;
import net.imglib2.Cursor;
import net.imglib2.RandomAccess;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.IntegerType;
import net.imglib2.type.numeric.integer.IntType;
import net.imglib2.view.IterableRandomAccessibleInterval;

/**
 * Removes small pieces from the class map of a part of a plane, but none that leaves what is known: how large that is, a
 * wider part tells.
 *
 * @param least pixels of the smallest piece that stays
 * @param connectivity which pixels belong to a piece
 */
record SmallPieces(double least, Connectivity connectivity) {

    /**
     * Removes them.
     *
     * @param classes 0 = background; changed
     * @param cut whether a piece within this rectangle may be larger than it looks
     * @return the number of small pieces that may be larger, which stay
     */
    long remove(RandomAccessibleInterval<? extends IntegerType<?>> classes, Predicate<SlideParts.Area> cut)
            throws IOException {
        RandomAccessibleInterval<IntType> numbers = ResultStore.now(note -> {}).ints(classes.dimensionsAsLongArray());
        ConnectedComponents.Components pieces = ConnectedComponents.of(classes, connectivity, numbers);
        long[][] boxes = boxes(pieces);
        boolean[] removed = new boolean[boxes.length];
        long unknown = 0;
        for (int piece = 1; piece < boxes.length; piece++) {
            // a hair of tolerance, as where a whole image is cleaned
            if (pieces.sizes()[piece] < least * (1 - 1e-12)) {
                removed[piece] = !cut.test(area(boxes[piece]));
                unknown += removed[piece] ? 0 : 1;
            }
        }
        RandomAccess<? extends IntegerType<?>> value = classes.randomAccess();
        Cursor<IntType> number = cursor(pieces);
        while (number.hasNext()) {
            if (removed[number.next().get()]) {
                value.setPosition(number);
                value.get().setZero();
            }
        }
        return unknown;
    }

    private static Cursor<IntType> cursor(ConnectedComponents.Components pieces) {
        return IterableRandomAccessibleInterval.create(pieces.labels()).localizingCursor();
    }

    /** First and last pixel along both axes. */
    private static long[][] boxes(ConnectedComponents.Components pieces) {
        long[][] boxes = new long[pieces.count() + 1][];
        Cursor<IntType> number = cursor(pieces);
        while (number.hasNext()) {
            int piece = number.next().get();
            long x = number.getLongPosition(0);
            long y = number.getLongPosition(1);
            if (boxes[piece] == null) {
                boxes[piece] = new long[] {x, y, x, y};
            }
            long[] box = boxes[piece];
            box[0] = Math.min(box[0], x);
            box[1] = Math.min(box[1], y);
            box[2] = Math.max(box[2], x);
            box[3] = Math.max(box[3], y);
        }
        return boxes;
    }

    private static SlideParts.Area area(long... box) {
        return new SlideParts.Area(new SlideParts.Span(box[0], box[2] + 1), new SlideParts.Span(box[1], box[3] + 1));
    }
}
