package io.github.transfuse.image;

import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.IntegerType;
import net.imglib2.type.numeric.RealType;

/** Refuses pixels that no network can use, before any work starts. */
public final class PixelChecks {
    private PixelChecks() {}

    /**
     * Accepts an image that has pixels, all of them finite.
     *
     * @return the same image
     * @throws UnsupportedImageException naming the image and what is wrong; of NaN or infinite pixels the number and the
     *     first position, counted from 0
     */
    public static CalibratedImage requireUsable(CalibratedImage image) throws UnsupportedImageException {
        for (int d = 0; d < image.axes().size(); d++) {
            if (image.pixels().dimension(d) < 1) {
                throw new UnsupportedImageException(
                        image.name(),
                        "the image has no pixels (" + image.describe() + ")",
                        "Give an image with pixels.");
            }
        }
        if (!(image.pixels().getAt(image.pixels().minAsLongArray()) instanceof IntegerType)) {
            requireFinite(image);
        }
        return image;
    }

    private static void requireFinite(CalibratedImage image) throws UnsupportedImageException {
        RandomAccessibleInterval<? extends RealType<?>> pixels = image.pixels();
        int blocks = PixelRows.blocks(pixels);
        long[] counts = new long[blocks];
        long[] firstRows = LongStream.generate(() -> -1).limit(blocks).toArray();
        PixelRows.forEachBlock(pixels, (block, from, to) -> {
            PixelRows rows = new PixelRows(pixels);
            float[] row = new float[PixelRows.length(pixels)];
            for (long r = from; r < to; r++) {
                rows.read(r, row);
                long bad = IntStream.range(0, row.length)
                        .filter(x -> isBad(row, x))
                        .count();
                counts[block] += bad;
                firstRows[block] = bad > 0 && firstRows[block] < 0 ? r : firstRows[block];
            }
        });
        long count = Arrays.stream(counts).sum();
        if (count > 0) {
            long first =
                    Arrays.stream(firstRows).filter(r -> r >= 0).findFirst().orElseThrow();
            throw notFinite(image, count, first);
        }
    }

    private static UnsupportedImageException notFinite(CalibratedImage image, long count, long firstRow) {
        float[] row = new float[PixelRows.length(image.pixels())];
        new PixelRows(image.pixels()).read(firstRow, row);
        long[] position = PixelRows.position(image.pixels(), firstRow);
        position[0] = IntStream.range(0, row.length)
                .filter(x -> isBad(row, x))
                .findFirst()
                .orElseThrow();
        StringBuilder where = new StringBuilder();
        for (int d = 0; d < position.length; d++) {
            where.append(d == 0 ? "" : ", ")
                    .append(image.axes().get(d).kind())
                    .append(' ')
                    .append(position[d]);
        }
        return new UnsupportedImageException(
                image.name(),
                count + (count == 1 ? " pixel is" : " pixels are") + " NaN or infinite, the first at " + where,
                "Replace them, for example with Process > Math > NaN Background or Remove NaNs in ImageJ.");
    }

    private static boolean isBad(float[] row, int x) {
        return !Float.isFinite(row[x]);
    }
}
