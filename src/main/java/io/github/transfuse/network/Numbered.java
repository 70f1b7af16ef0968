package io.github.transfuse.network;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Layers in a row, named by number.
 *
 * @param layers in their order
 */
public record Numbered<S extends LayerSpec>(List<Part<S>> layers) implements LayerSpec {

    /** So many layers of one kind. */
    static <S extends LayerSpec> Numbered<S> times(int count, Supplier<S> maker) {
        List<S> made = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            made.add(maker.get());
        }
        return of(made);
    }

    /** These layers. */
    static <S extends LayerSpec> Numbered<S> of(List<S> row) {
        List<Part<S>> layers = new ArrayList<>();
        row.forEach(layer -> layers.add(new Part<>(Integer.toString(layers.size()), layer)));
        return new Numbered<>(layers);
    }

    @Override
    public List<Part<?>> parts() {
        return List.copyOf(layers);
    }
}
