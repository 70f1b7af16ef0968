package io.github.transfuse.network;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A layer of a network as a description: its own tensors and its parts, both in the order of the state dictionary. */
public interface LayerSpec {

    /** Its own tensors: first those that are trained, then those that are only stored. */
    default List<TensorSpec> tensors() {
        return List.of();
    }

    /** The layers within. */
    default List<Part<?>> parts() {
        return List.of();
    }

    /** All tensors from here downwards by their keys in the state dictionary, in its order. */
    default Map<String, TensorSpec> state() {
        Map<String, TensorSpec> found = new LinkedHashMap<>();
        tensors().forEach(tensor -> found.put(tensor.name(), tensor));
        parts().forEach(part ->
                part.layer().state().forEach((key, tensor) -> found.put(part.name() + "." + key, tensor)));
        return found;
    }

    /** The tensors that the prediction needs; the others change no output, and some files lack them. */
    default Map<String, TensorSpec> needed() {
        Map<String, TensorSpec> found = state();
        found.values().removeIf(tensor -> tensor.role() == Role.DISPENSABLE);
        return found;
    }
}
