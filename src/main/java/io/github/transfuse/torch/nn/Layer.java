package io.github.transfuse.torch.nn;

import io.github.transfuse.network.LayerSpec;
import io.github.transfuse.network.Part;
import io.github.transfuse.network.Start;
import io.github.transfuse.network.TensorSpec;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

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

    /** Makes a part, adds it under its name in the state dictionary and returns it. */
    protected final <S extends LayerSpec, L extends Layer> L child(Part<S> part, Function<S, L> maker) {
        L layer = maker.apply(part.layer());
        children.put(part.name(), layer);
        return layer;
    }

    /** Makes and adds a trained float32 tensor and returns it: the constant that it begins with, 0 where it is drawn. */
    protected final Tensor parameter(TensorSpec spec) {
        return keep(parameters, spec.name(), filled(spec).set_requires_grad(true));
    }

    /** Makes and adds a float32 tensor that is saved but not trained, and returns it. */
    protected final Tensor buffer(TensorSpec spec) {
        return keep(buffers, spec.name(), filled(spec));
    }

    /** Makes and adds a whole number that is saved but not trained, and returns it. */
    protected final Tensor counter(TensorSpec spec) {
        return keep(buffers, spec.name(), torch.zeros(spec.lengths(), new TensorOptions(ScalarType.Long)));
    }

    private static Tensor filled(TensorSpec spec) {
        return spec.start().equals(Start.ONE) ? torch.ones(spec.lengths()) : torch.zeros(spec.lengths());
    }

    private static Tensor keep(Map<String, Tensor> map, String name, Tensor value) {
        value.retainReference();
        map.put(name, value);
        return value;
    }

    /** The layers within, in their order. */
    final Stream<Layer> children() {
        return children.values().stream();
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
