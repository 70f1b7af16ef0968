package io.github.transfuse.network;

import java.util.ArrayList;
import java.util.List;

/**
 * A stage of a ResNet: blocks of one resolution, the first of which halves it (but not in the first stage).
 *
 * @param blocks named by number
 */
public record StageSpec(List<Part<ResidualBlockSpec>> blocks) implements LayerSpec {

    static StageSpec of(Scales scales, Variant.Cnn cnn, int index, int in) {
        int out = cnn.channels().get(index);
        List<Part<ResidualBlockSpec>> blocks = new ArrayList<>();
        for (int i = 0; i < cnn.blocks().get(index); i++) {
            int blockIn = i == 0 ? in : out;
            int stride = i == 0 && index > 0 ? 2 : 1;
            ResidualBlockSpec block = cnn.bottleneck()
                    ? ResidualBlockSpec.bottleneck(scales, blockIn, out, stride)
                    : ResidualBlockSpec.basic(scales, blockIn, out, stride);
            blocks.add(new Part<>(Integer.toString(i), block));
        }
        return new StageSpec(blocks);
    }

    @Override
    public List<Part<?>> parts() {
        return List.copyOf(blocks);
    }
}
