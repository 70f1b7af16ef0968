package io.github.transfuse.network;

import java.util.Arrays;
import java.util.List;

/**
 * A tensor of a layer.
 *
 * @param name within its layer
 * @param shape lengths of the axes; none for a single number
 * @param start how it begins
 * @param role what it has to do with the world around
 */
public record TensorSpec(String name, List<Long> shape, Start start, Role role) {

    /** Copies the shape. */
    public TensorSpec {
        shape = List.copyOf(shape);
    }

    /** A tensor inside of the network. */
    static TensorSpec inner(String name, Start start, long... shape) {
        return new TensorSpec(name, Arrays.stream(shape).boxed().toList(), start, Role.INNER);
    }

    /** The same tensor with another role. */
    TensorSpec as(Role other) {
        return new TensorSpec(name, shape, start, other);
    }

    /** The shape as libtorch takes it. */
    public long[] lengths() {
        return shape.stream().mapToLong(Long::longValue).toArray();
    }

    /** How many numbers it holds. */
    public long count() {
        return shape.stream().reduce(1L, Math::multiplyExact);
    }
}
