package io.github.transfuse.samples;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * What an epoch shows. Whole images are shown once each. Of images that are learned in tiles, an epoch shows as many tiles
 * as cover the image, at most {@value #MOST_PER_IMAGE}: half of them anywhere, half around a pixel of a foreground class,
 * each class as often as the others, so that rare classes are seen.
 */
public final class Crops {

    private static final int MOST_PER_IMAGE = 16;
    private static final int POSITIONS = 256;
    private static final double AROUND_FOREGROUND = 0.5;

    private final List<Example> examples;
    private final List<Integer> items;
    private final List<List<int[]>> positions;
    private final int height;
    private final int width;

    private Crops(List<Example> examples, int height, int width, boolean softTarget) {
        this.examples = List.copyOf(examples);
        this.height = height;
        this.width = width;
        items = new ArrayList<>();
        for (int i = 0; i < examples.size(); i++) {
            for (int n = perImage(examples.get(i)); n > 0; n--) {
                items.add(i);
            }
        }
        positions = height == 0
                ? List.of()
                : examples.stream().map(e -> foreground(classes(e, softTarget))).toList();
    }

    /** Every image once; all of one size. */
    public static Crops whole(List<Example> examples) {
        return new Crops(examples, 0, 0, false);
    }

    /** Tiles of a size out of images of any size. */
    public static Crops tiles(List<Example> examples, int height, int width, boolean softTarget) {
        return new Crops(examples, height, width, softTarget);
    }

    private int perImage(Example example) {
        if (height == 0) {
            return 1;
        }
        double tiles = (double) example.height() * example.width() / ((double) height * width);
        return (int) Math.min(MOST_PER_IMAGE, Math.max(1, Math.ceil(tiles)));
    }

    /** Network inputs per epoch. */
    public int count() {
        return items.size();
    }

    /** The example that an item of the epoch is taken from. */
    Example example(int item) {
        return examples.get(items.get(item));
    }

    /** Where an item is taken from. */
    Frame frame(int item, SplittableRandom random) {
        Example example = example(item);
        if (height == 0) {
            return Frame.whole(example);
        }
        List<int[]> classes = positions.get(items.get(item));
        double[] centre;
        if (!classes.isEmpty() && random.nextDouble() < AROUND_FOREGROUND) {
            int[] of = classes.get(random.nextInt(classes.size()));
            int at = of[random.nextInt(of.length)];
            centre = new double[] {
                inside(at % example.width() + random.nextInt(-width / 4, width / 4 + 1), width, example.width()),
                inside(at / example.width() + random.nextInt(-height / 4, height / 4 + 1), height, example.height())
            };
        } else {
            centre =
                    new double[] {anywhere(random, width, example.width()), anywhere(random, height, example.height())};
        }
        return new Frame(height, width, centre, false);
    }

    private static double anywhere(SplittableRandom random, int tile, int size) {
        return inside(random.nextInt(size), tile, size);
    }

    /** The centre of a tile whose pixels fall on pixels of the image, moved so that it does not leave the image. */
    private static double inside(int centre, int tile, int size) {
        int first = Math.max(0, Math.min(centre - tile / 2, size - tile));
        return size < tile ? (size - 1) / 2.0 + (tile - size) % 2 / 2.0 : first + (tile - 1) / 2.0;
    }

    /** Class indices; a soft foreground counts as class 1 where it is at least half. */
    private static byte[] classes(Example example, boolean softTarget) {
        byte[] classes = example.target();
        if (softTarget) {
            classes = classes.clone();
            for (int i = 0; i < classes.length; i++) {
                int value = classes[i] & 0xFF;
                classes[i] = (byte) (value == Example.IGNORED ? value : 2 * value / Example.FOREGROUND == 0 ? 0 : 1);
            }
        }
        return classes;
    }

    /** Up to 256 pixels of each foreground class, evenly spread. */
    private static List<int[]> foreground(byte[] classes) {
        int[] counts = new int[Example.IGNORED + 1];
        for (byte value : classes) {
            counts[value & 0xFF]++;
        }
        List<int[]> positions = new ArrayList<>();
        for (int c = 1; c < Example.IGNORED; c++) {
            if (counts[c] > 0) {
                positions.add(positions(classes, c, counts[c]));
            }
        }
        return positions;
    }

    private static int[] positions(byte[] classes, int wanted, int count) {
        int[] positions = new int[Math.min(POSITIONS, count)];
        long seen = 0;
        int taken = 0;
        for (int i = 0; i < classes.length && taken < positions.length; i++) {
            if ((classes[i] & 0xFF) == wanted) {
                if (seen * positions.length / count == taken) {
                    positions[taken++] = i;
                }
                seen++;
            }
        }
        return positions;
    }
}
