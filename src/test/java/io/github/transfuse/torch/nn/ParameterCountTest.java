package io.github.transfuse.torch.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.transfuse.network.NetworkSpec;
import io.github.transfuse.network.Variant;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The estimate of memory counts parameters without making the network. */
class ParameterCountTest {
    private static final double CLOSE = 0.15;

    @ParameterizedTest
    @ValueSource(strings = {"T", "TFINE", "S", "L", "T3D"})
    void theEstimateIsClose(String name) {
        Variant variant = Variant.of(name);
        try (TransFuseNetwork network = new TransFuseNetwork(new NetworkSpec(variant, 3, 1, true), 0)) {
            long counted = network.namedParameters().values().stream()
                    .mapToLong(Tensor::numel)
                    .sum();
            assertEquals((double) counted, (double) variant.parameters(), CLOSE * counted, name);
        }
    }
}
