package io.github.transfuse.weights;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The stack of the pickle machine; taking what is not there means a damaged file. */
final class PickleStack {
    private static final Object MARK = new Object();

    private final PickleInput in;
    private final List<Object> values = new ArrayList<>();

    PickleStack(PickleInput in) {
        this.in = in;
    }

    void clear() {
        values.clear();
    }

    void push(Object value) {
        values.add(value);
    }

    void mark() {
        values.add(MARK);
    }

    Object top() throws ModelFormatException {
        if (values.isEmpty() || values.get(values.size() - 1) == MARK) {
            throw in.damaged("a missing value");
        }
        return values.get(values.size() - 1);
    }

    Object pop() throws ModelFormatException {
        Object value = top();
        values.remove(values.size() - 1);
        return value;
    }

    /** The last {@code count} values, oldest first. */
    List<Object> popLast(int count) throws ModelFormatException {
        List<Object> taken = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            taken.add(0, pop());
        }
        return taken;
    }

    /** All values above the last mark, oldest first; the mark goes too. */
    List<Object> popToMark() throws ModelFormatException {
        int mark = values.lastIndexOf(MARK);
        if (mark < 0) {
            throw in.damaged("a missing mark");
        }
        List<Object> above = values.subList(mark + 1, values.size());
        List<Object> taken = new ArrayList<>(above);
        above.clear();
        values.remove(mark);
        return taken;
    }

    @SuppressWarnings("unchecked") // lists on this stack are made by this machine, as lists of objects
    List<Object> list() throws ModelFormatException {
        if (top() instanceof List<?> list) {
            return (List<Object>) list;
        }
        throw in.damaged("items for something that is no list");
    }

    @SuppressWarnings("unchecked") // maps on this stack are made by this machine, as maps of objects
    Map<Object, Object> map() throws ModelFormatException {
        if (top() instanceof Map<?, ?> map) {
            return (Map<Object, Object>) map;
        }
        throw in.damaged("entries or a state for something that is no dictionary");
    }
}
