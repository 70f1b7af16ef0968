package io.github.transfuse;

import io.github.transfuse.image.SelectedArea;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.stream.IntStream;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.IntegerType;
import net.imglib2.type.numeric.real.FloatType;
import net.imglib2.view.Views;

/** Labels of tests in raster order, and what is done with them the slow way. */
final class Labels {
    private Labels() {}

    static int[] of(RandomAccessibleInterval<? extends IntegerType<?>> labels) {
        List<Integer> values = new ArrayList<>();
        Views.flatIterable(labels).forEach(label -> values.add(label.getInteger()));
        return values.stream().mapToInt(Integer::intValue).toArray();
    }

    static float[] ofFloats(RandomAccessibleInterval<FloatType> image) {
        List<Float> values = new ArrayList<>();
        Views.flatIterable(image).forEach(value -> values.add(value.get()));
        float[] result = new float[values.size()];
        for (int i = 0; i < result.length; i++) {
            result[i] = values.get(i);
        }
        return result;
    }

    /** Objects of a plane with their inner point in the area, of which a pixel was found there before holes were filled. */
    static int[] kept(int[] filled, int[] bare, SelectedArea area, int least) {
        int[] numbers = new int[1 + IntStream.of(filled).max().orElse(0)];
        int next = 1;
        for (int label = 1; label < numbers.length; label++) {
            int wanted = label;
            boolean found = IntStream.range(0, bare.length)
                    .anyMatch(i -> bare[i] == wanted && area.contains(i % area.width(), i / area.width()));
            long size = IntStream.of(filled).filter(value -> value == wanted).count();
            int point = innerPoint(filled, label, area.width(), area.height());
            if (found && size >= least && area.contains(point % area.width(), point / area.width())) {
                numbers[label] = next++;
            }
        }
        return IntStream.of(filled).map(label -> numbers[label]).toArray();
    }

    /** The same in volumes, one after the other; labels may be numbered anew in each. */
    static int[] keptThroughSlices(int[] labels, SelectedArea area, int slices) {
        int plane = area.width() * area.height();
        int[] result = new int[labels.length];
        for (int from = 0; from < labels.length; from += plane * slices) {
            int[] volume = java.util.Arrays.copyOfRange(labels, from, from + plane * slices);
            int next = 1;
            for (int label = 1; label <= IntStream.of(volume).max().orElse(0); label++) {
                int point = innerPoint(volume, label, area.width(), area.height());
                if (point >= 0 && area.contains(point % plane % area.width(), point % plane / area.width())) {
                    for (int i = 0; i < volume.length; i++) {
                        result[from + i] = volume[i] == label ? next : result[from + i];
                    }
                    next++;
                }
            }
        }
        return result;
    }

    /** Index of the middle of the longest run in the row nearest to the middle, of the slice nearest to the middle. */
    static int innerPoint(int[] labels, int label, int width, int height) {
        int plane = width * height;
        int[] pixels = IntStream.range(0, labels.length)
                .filter(i -> labels[i] == label)
                .toArray();
        if (pixels.length == 0) {
            return -1;
        }
        int z = middle(IntStream.of(pixels).map(i -> i / plane).toArray());
        int[] inPlane = IntStream.of(pixels).filter(i -> i / plane == z).toArray();
        int y = middle(IntStream.of(inPlane).map(i -> i % plane / width).toArray());
        int longest = 0;
        int point = -1;
        for (int x = 0; x < width; x++) {
            int length = 0;
            while (x + length < width && labels[z * plane + y * width + x + length] == label) {
                length++;
            }
            if (length > longest) {
                longest = length;
                point = z * plane + y * width + x + length / 2;
            }
            x += length;
        }
        return point;
    }

    private static int middle(int... places) {
        int sum = IntStream.of(places).min().orElseThrow()
                + IntStream.of(places).max().orElseThrow();
        return IntStream.of(places)
                .boxed()
                .min((a, b) -> Math.abs(2 * a - sum - sum % 2) != Math.abs(2 * b - sum - sum % 2)
                        ? Math.abs(2 * a - sum - sum % 2) - Math.abs(2 * b - sum - sum % 2)
                        : a - b)
                .orElseThrow();
    }

    /** Pieces of volumes whose voxels touch by faces, edges or corners, in raster order, numbered anew in each volume. */
    static int[] components(int[] classes, int width, int height, int slices) {
        int[] labels = new int[classes.length];
        int volume = width * height * slices;
        int next = 0;
        for (int i = 0; i < classes.length; i++) {
            next = i % volume == 0 ? 0 : next;
            if (classes[i] != 0 && labels[i] == 0) {
                next++;
                Deque<Integer> open = new ArrayDeque<>(List.of(i));
                labels[i] = next;
                while (!open.isEmpty()) {
                    int at = open.remove();
                    for (int k = 0; k < 27; k++) {
                        int x = at % width + k % 3 - 1;
                        int y = at / width % height + k / 3 % 3 - 1;
                        int z = at % volume / width / height + k / 9 - 1;
                        boolean inside = x >= 0 && x < width && y >= 0 && y < height && z >= 0 && z < slices;
                        int to = at / volume * volume + (z * height + y) * width + x;
                        if (inside && classes[to] == classes[i] && labels[to] == 0) {
                            labels[to] = next;
                            open.add(to);
                        }
                    }
                }
            }
        }
        return labels;
    }
}
