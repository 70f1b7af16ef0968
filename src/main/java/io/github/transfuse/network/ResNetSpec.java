package io.github.transfuse.network;

import java.util.ArrayList;
import java.util.List;

/**
 * The CNN branch: a ResNet up to its third stage, with torchvision's names.
 *
 * @param conv the first convolution
 * @param norm behind it
 * @param pooling window and step of the pooling behind the stem
 * @param stages of falling resolution
 */
public record ResNetSpec(Part<ConvSpec> conv, Part<NormSpec> norm, Kernel pooling, List<Part<StageSpec>> stages)
        implements LayerSpec {

    static final int STEM_CHANNELS = 64;

    static ResNetSpec of(Scales scales, Variant.Cnn cnn, int channels) {
        List<Part<StageSpec>> stages = new ArrayList<>();
        int in = STEM_CHANNELS;
        for (int i = 0; i < cnn.channels().size(); i++) {
            stages.add(new Part<>("layer" + (i + 1), StageSpec.of(scales, cnn, i, in)));
            in = cnn.channels().get(i);
        }
        Kernel wide = new Kernel(scales.kernel(7), scales.stem());
        return new ResNetSpec(
                new Part<>(
                        "conv1",
                        ConvSpec.residual(wide, channels, STEM_CHANNELS).ofImage()),
                new Part<>("bn1", new NormSpec(STEM_CHANNELS)),
                pooling(scales.pool()),
                stages);
    }

    /** Windows of 3 where there is something to pool along an axis; slices far apart stay apart. */
    private static Kernel pooling(List<Integer> strides) {
        return new Kernel(strides.stream().map(stride -> stride == 2 ? 3 : 1).toList(), strides);
    }

    @Override
    public List<Part<?>> parts() {
        List<Part<?>> parts = new ArrayList<>(List.of(conv, norm));
        parts.addAll(stages);
        return parts;
    }
}
