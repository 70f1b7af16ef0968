package io.github.transfuse.labels;

import java.util.Arrays;

/** Disjoint sets of the labels 1, 2, ...; the smallest member stands for its set, and each knows its pixels. */
final class UnionFind {
    private int[] parent = new int[1024];
    private long[] pixels = new long[1024];
    private int count;

    int add() {
        if (++count == parent.length) {
            if (count > Integer.MAX_VALUE / 2) {
                throw new IllegalStateException(
                        "more than " + count + " pieces in one label image: smooth it or cut it");
            }
            parent = Arrays.copyOf(parent, count * 2);
            pixels = Arrays.copyOf(pixels, count * 2);
        }
        parent[count] = count;
        return count;
    }

    int find(int label) {
        int root = label;
        while (parent[root] != root) {
            parent[root] = parent[parent[root]];
            root = parent[root];
        }
        return root;
    }

    int union(int a, int b) {
        int rootA = find(a);
        int rootB = find(b);
        int root = Math.min(rootA, rootB);
        parent[Math.max(rootA, rootB)] = root;
        return root;
    }

    void grow(int label, long by) {
        pixels[label] += by;
    }

    /** Numbers of the sets, 1, 2, ... in order of their smallest member, for each label; 0 stays 0. */
    int[] numbers() {
        int[] numbers = new int[count + 1];
        int sets = 0;
        for (int label = 1; label <= count; label++) {
            int root = find(label);
            numbers[label] = root == label ? ++sets : numbers[root];
        }
        return numbers;
    }

    /** Pixels of each set by its number; entry 0 is 0. */
    long[] sizes(int[] numbers) {
        int sets = Arrays.stream(numbers).max().orElse(0);
        long[] sizes = new long[sets + 1];
        for (int label = 1; label <= count; label++) {
            sizes[numbers[label]] += pixels[label];
        }
        return sizes;
    }
}
