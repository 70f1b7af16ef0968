package io.github.transfuse.weights;

import io.github.transfuse.weights.PickledValues.Tuple;
import java.util.List;

/** Typed access to the items of a pickled tuple. */
final class Arguments {
    private final PickleInput in;
    private final List<Object> items;

    Arguments(PickleInput in, List<Object> items) {
        this.in = in;
        this.items = items;
    }

    int count() {
        return items.size();
    }

    <T> T get(int index, Class<T> type) throws ModelFormatException {
        if (index >= items.size() || !type.isInstance(items.get(index))) {
            throw in.damaged("an argument " + index + " that is no " + type.getSimpleName());
        }
        return type.cast(items.get(index));
    }

    /** A number of elements, not negative. */
    long size(int index) throws ModelFormatException {
        long value = get(index, Long.class);
        if (value < 0) {
            throw in.damaged("a negative size " + value);
        }
        return value;
    }

    /** A tuple of numbers of elements. */
    long[] sizes(int index) throws ModelFormatException {
        Arguments sizes = new Arguments(in, get(index, Tuple.class).items());
        long[] values = new long[sizes.count()];
        for (int i = 0; i < values.length; i++) {
            values[i] = sizes.size(i);
        }
        return values;
    }

    ModelFormatException damaged(String what) {
        return in.damaged(what);
    }
}
