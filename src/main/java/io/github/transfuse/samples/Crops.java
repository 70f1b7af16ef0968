package io.github.transfuse.samples;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * What an epoch shows. Whole images are shown once each. Of images that are learned in tiles, an epoch shows as many tiles
 * as cover the image, at most {@value #MAX_PER_IMAGE}: half of them anywhere, half around a pixel of a foreground class,
 * each class as often as the others, so that rare classes are seen. Tiles of planes out of volumes lie across x, y or z,
 * each as often.
 */
public final class Crops {

    private static final int MAX_PER_IMAGE = 16;
    private static final int POSITIONS = 256;
    private static final double AROUND_FOREGROUND = 0.5;

    private final List<Example> examples;
    private final List<Integer> items;
    private final List<List<int[]>> positions;
    private final List<Integer> size;

    private Crops(List<Example> examples, List<Integer> size, boolean softTarget) {
        this.examples = List.copyOf(examples);
        this.size = List.copyOf(size);
        items = new ArrayList<>();
        for (int i = 0; i < examples.size(); i++) {
            for (int n = perImage(examples.get(i)); n > 0; n--) {
                items.add(i);
            }
        }
        positions = size.isEmpty()
                ? List.of()
                : examples.stream().map(e -> foreground(classes(e, softTarget))).toList();
    }

    /** Every image once; all of one size. */
    public static Crops whole(List<Example> examples) {
        return new Crops(examples, List.of(), false);
    }

    /**
     * Tiles of a size out of images or volumes of any size.
     *
     * @param size (slices,) rows and columns of a tile
     */
    public static Crops tiles(List<Example> examples, List<Integer> size, boolean softTarget) {
        return new Crops(examples, size, softTarget);
    }

    private int perImage(Example example) {
        return size.isEmpty() ? 1 : perImage(example.target().length, size);
    }

    /**
     * Tiles of an image that an epoch shows.
     *
     * @param pixels of the image, voxels of a volume
     * @param size of a tile along its axes
     */
    public static int perImage(double pixels, List<Integer> size) {
        double tiles = pixels / size.stream().mapToDouble(Integer::doubleValue).reduce(1, (a, b) -> a * b);
        return (int) Math.min(MAX_PER_IMAGE, Math.max(1, Math.ceil(tiles)));
    }

    /** Network inputs per epoch. */
    public int count() {
        return items.size();
    }

    /**
     * A network input before it is varied.
     *
     * @param example an image, a volume, or a plane of a volume
     * @param frame the part of it
     */
    record Drawn(Example example, Frame frame) {}

    /** What an item of the epoch shows. */
    Drawn draw(int item, SplittableRandom random) {
        Example example = examples.get(items.get(item));
        if (size.isEmpty()) {
            return new Drawn(example, Frame.whole(example));
        }
        int rows = size.get(size.size() - 2);
        int columns = size.get(size.size() - 1);
        if (example.isVolume() && size.size() == 2) {
            int across = random.nextInt(3);
            double[] centre = centre(item, random, planeTile(across, rows, columns));
            Example plane = example.plane(across, (int) centre[across]);
            double[] inPlane = {centre[across == 0 ? 1 : 0], centre[across == 2 ? 1 : 2]};
            return new Drawn(plane, new Frame(0, rows, columns, inPlane, false));
        }
        int slices = example.isVolume() ? size.get(0) : 0;
        int[] tile = example.isVolume() ? new int[] {columns, rows, slices} : new int[] {columns, rows};
        return new Drawn(example, new Frame(slices, rows, columns, centre(item, random, tile), false));
    }

    /** A tile one voxel thick, in the order x, y, z. */
    private static int[] planeTile(int across, int rows, int columns) {
        return switch (across) {
            case 0 -> new int[] {1, columns, rows};
            case 1 -> new int[] {columns, 1, rows};
            default -> new int[] {columns, rows, 1};
        };
    }

    /** The centre of a tile somewhere in the image: x, y(, z). */
    private double[] centre(int item, SplittableRandom random, int... tile) {
        int[] lengths = examples.get(items.get(item)).size();
        List<int[]> classes = positions.get(items.get(item));
        boolean around = !classes.isEmpty() && random.nextDouble() < AROUND_FOREGROUND;
        int rest = 0;
        if (around) {
            int[] of = classes.get(random.nextInt(classes.size()));
            rest = of[random.nextInt(of.length)];
        }
        double[] centre = new double[tile.length];
        for (int d = 0; d < centre.length; d++) { // x, y(, z)
            int length = lengths[centre.length - 1 - d];
            int at = around ? rest % length + random.nextInt(-tile[d] / 4, tile[d] / 4 + 1) : random.nextInt(length);
            centre[d] = inside(at, tile[d], length);
            rest /= length;
        }
        return centre;
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
