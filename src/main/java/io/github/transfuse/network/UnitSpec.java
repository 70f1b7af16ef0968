package io.github.transfuse.network;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A convolution, then batch normalisation and ReLU where asked for.
 *
 * @param conv the convolution
 * @param norm the batch normalisation behind it
 * @param relu whether a ReLU follows
 */
public record UnitSpec(Part<ConvSpec> conv, Optional<Part<NormSpec>> norm, boolean relu) implements LayerSpec {

    /** The convolution alone, with bias. */
    static UnitSpec plain(ConvSpec conv) {
        return new UnitSpec(new Part<>("conv", conv), Optional.empty(), false);
    }

    /** A convolution and batch normalisation. */
    static UnitSpec normalized(ConvSpec conv) {
        return new UnitSpec(new Part<>("conv", conv), norm(conv), false);
    }

    /** A convolution, batch normalisation and ReLU. */
    static UnitSpec activated(ConvSpec conv) {
        return new UnitSpec(new Part<>("conv", conv), norm(conv), true);
    }

    private static Optional<Part<NormSpec>> norm(ConvSpec conv) {
        return Optional.of(new Part<>("bn", new NormSpec(conv.out())));
    }

    @Override
    public List<Part<?>> parts() {
        List<Part<?>> parts = new ArrayList<>(List.of(conv));
        norm.ifPresent(parts::add);
        return parts;
    }
}
