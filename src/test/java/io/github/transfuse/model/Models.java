package io.github.transfuse.model;

import com.google.gson.JsonParser;
import io.github.transfuse.network.NetworkSpec;
import io.github.transfuse.network.Variant;
import io.github.transfuse.weights.StoredTensor;
import java.util.List;
import java.util.Optional;

/** A small model for tests. */
final class Models {
    static final List<StoredTensor> TENSORS = List.of(
            StoredTensor.ofFloats("conv.weight", new long[] {2, 2}, 0.5f, -1f, 0.1f, 3f),
            StoredTensor.ofLongs("bn.num_batches_tracked", new long[0], 7));

    private Models() {}

    static ModelSpec spec(String name) {
        ModelHistory history = new ModelHistory(
                JsonParser.parseString(
                                "{'command':'transfuse train --seed 3','seed':3,'data':'ISIC 2017, CC0','epochs':9}")
                        .getAsJsonObject(),
                JsonParser.parseString("{'dice':0.91}").getAsJsonObject(),
                JsonParser.parseString("{'bf16_dice':0.90}").getAsJsonObject(),
                ModelHistory.empty().unknown());
        return new ModelSpec(
                new Identity(name, "Skin lesions", "Outlines skin lesions on dermoscopic photographs.", "CC0-1.0"),
                new NetworkSpec(Variant.T.withGrid(12, 16), 3, 2, true),
                new InputSpec(
                        InputSpec.Rule.RESIZE_PADDED,
                        List.of(192, 256),
                        0.5,
                        Normalization.IMAGENET,
                        new InputSpec.Sampling(Optional.of(List.of(0.5, 0.25)), "micron", InputSpec.Mode.SLICES, 0)),
                new OutputSpec(
                        List.of(new OutputSpec.ClassSpec("lesion", 0x00ff80)), OutputSpec.Kind.CLASSES, 0.5, 10, true),
                history);
    }
}
