package io.github.transfuse.torch.nn;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;

/**
 * A part of a network: named parameters and buffers, and named children, in the order of the published state
 * dictionaries (own parameters, own buffers, children).
 *
 * <p>The tensors belong to the layer until {@link #close}: they survive the pointer scope they were made in.
 */
public abstract class Layer implements AutoCloseable {

    private final Map<String, Tensor> parameters = new LinkedHashMap<>();
    private final Map<String, Tensor> buffers = new LinkedHashMap<>();
    private final Map<String, Layer> children = new LinkedHashMap<>();
    private boolean training;

    /** Adds a child under its name in the state dictionary and returns it. */
    protected final <L extends Layer> L child(String name, L layer) {
        children.put(name, layer);
        return layer;
    }

    /** Adds a trained tensor and returns it. */
    protected final Tensor parameter(String name, Tensor value) {
        return keep(parameters, name, value.set_requires_grad(true));
    }

    /** Adds a tensor that is saved but not trained, and returns it. */
    protected final Tensor buffer(String name, Tensor value) {
        return keep(buffers, name, value);
    }

    private static Tensor keep(Map<String, Tensor> map, String name, Tensor value) {
        value.retainReference();
        map.put(name, value);
        return value;
    }

    /** Whether batch statistics and dropout are in use. */
    protected final boolean training() {
        return training;
    }

    /** Switches batch statistics and dropout on or off, here and in all children. */
    public final void train(boolean on) {
        training = on;
        children.values().forEach(child -> child.train(on));
    }

    /** All trained tensors below here by their names in the state dictionary. */
    public final Map<String, Tensor> namedParameters() {
        Map<String, Tensor> found = new LinkedHashMap<>();
        visit("", (prefix, layer) -> layer.parameters.forEach((name, tensor) -> found.put(prefix + name, tensor)));
        return found;
    }

    /** All tensors below here, trained or not, in the order of the state dictionary. */
    public final Map<String, Tensor> stateDict() {
        Map<String, Tensor> found = new LinkedHashMap<>();
        visit("", (prefix, layer) -> {
            layer.parameters.forEach((name, tensor) -> found.put(prefix + name, tensor));
            layer.buffers.forEach((name, tensor) -> found.put(prefix + name, tensor));
        });
        return found;
    }

    /** Calls the visitor with every layer from here downwards and its prefix: empty, or ending in a dot. */
    public final void visit(String prefix, BiConsumer<String, Layer> visitor) {
        visitor.accept(prefix, this);
        children.forEach((name, child) -> child.visit(prefix + name + ".", visitor));
    }

    /** Replaces every tensor by what the function makes of it, such as another number format or memory layout. */
    public final void convert(TensorFunction function) {
        try (NoGradGuard guard = new NoGradGuard()) {
            stateDict().values().forEach(tensor -> tensor.set_data(function.apply(tensor)));
        }
    }

    /** Frees all tensors below here. */
    @Override
    public final void close() {
        stateDict().values().forEach(Tensor::close);
    }

    /** Makes a tensor of a tensor. */
    @FunctionalInterface
    public interface TensorFunction {
        /** The new tensor. */
        Tensor apply(Tensor tensor);
    }
}
