package io.github.transfuse.labels;

import java.util.Random;
import net.imglib2.Cursor;
import net.imglib2.RandomAccess;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.Img;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.IntegerType;
import net.imglib2.type.numeric.integer.IntType;

/** Small label images for tests. */
final class Pictures {
    private Pictures() {}

    /** One string per row; digits are labels, anything else is background. */
    static Img<IntType> of(String... rows) {
        Img<IntType> image = ArrayImgs.ints(rows[0].length(), rows.length);
        Cursor<IntType> cursor = image.localizingCursor();
        while (cursor.hasNext()) {
            IntType pixel = cursor.next();
            char c = rows[cursor.getIntPosition(1)].charAt(cursor.getIntPosition(0));
            pixel.set(Character.isDigit(c) ? c - '0' : 0);
        }
        return image;
    }

    static String[] draw(RandomAccessibleInterval<? extends IntegerType<?>> image) {
        String[] rows = new String[(int) image.dimension(1)];
        RandomAccess<? extends IntegerType<?>> access = image.randomAccess();
        for (int y = 0; y < rows.length; y++) {
            StringBuilder row = new StringBuilder();
            for (int x = 0; x < image.dimension(0); x++) {
                int value = access.setPositionAndGet(x, y).getInteger();
                row.append(value == 0 ? "." : String.valueOf(value));
            }
            rows[y] = row.toString();
        }
        return rows;
    }

    /** Values 0 to classes at random, background with the given probability. */
    static Img<IntType> random(long seed, double background, int classes, long... size) {
        Img<IntType> image = ArrayImgs.ints(size);
        Random random = new Random(seed);
        image.forEach(p -> p.set(random.nextDouble() < background ? 0 : 1 + random.nextInt(classes)));
        return image;
    }
}
