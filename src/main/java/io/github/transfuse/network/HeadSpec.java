package io.github.transfuse.network;

import java.util.List;

/**
 * Convolutions to logits, then upsampling to the size of the image.
 *
 * @param convs named by number, the last without norm
 * @param factors of the upsampling along each axis
 */
public record HeadSpec(Numbered<UnitSpec> convs, List<Integer> factors) implements LayerSpec {

    /** The head on the deepest fused map, whose channels are reduced first. */
    static HeadSpec deep(Scales scales, int in, int hidden, int classes) {
        Kernel wide = Kernel.of(scales, 3);
        return new HeadSpec(
                Numbered.of(List.of(
                        UnitSpec.activated(ConvSpec.biased(Kernel.of(scales, 1), in, hidden)),
                        UnitSpec.activated(ConvSpec.biased(wide, hidden, hidden)),
                        last(wide, hidden, classes))),
                scales.patch());
    }

    /**
     * The head on a fine map.
     *
     * @param cell pixels of a cell of that map along each axis
     */
    static HeadSpec fine(Scales scales, int in, int classes, List<Integer> cell) {
        Kernel wide = Kernel.of(scales, 3);
        return new HeadSpec(
                Numbered.of(List.of(UnitSpec.activated(ConvSpec.biased(wide, in, in)), last(wide, in, classes))), cell);
    }

    private static UnitSpec last(Kernel kernel, int in, int classes) {
        return UnitSpec.plain(ConvSpec.biased(kernel, in, classes).toClasses());
    }

    @Override
    public List<Part<?>> parts() {
        return convs.parts();
    }
}
