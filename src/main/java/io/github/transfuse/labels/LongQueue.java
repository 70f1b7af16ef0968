package io.github.transfuse.labels;

/** First in, first out, of plain longs: pixel indices that wait for their turn. */
final class LongQueue {
    private long[] values = new long[64];
    private int head;
    private int count;

    boolean isEmpty() {
        return count == 0;
    }

    void add(long value) {
        if (count == values.length) {
            long[] longer = new long[Math.multiplyExact(count, 2)];
            int tail = count - head;
            System.arraycopy(values, head, longer, 0, tail);
            System.arraycopy(values, 0, longer, tail, head);
            values = longer;
            head = 0;
        }
        values[(head + count) % values.length] = value;
        count++;
    }

    long remove() {
        long value = values[head];
        head = (head + 1) % values.length;
        count--;
        return value;
    }
}
