package io.github.transfuse.torch.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.transfuse.engine.EngineLoader;
import io.github.transfuse.torch.nn.StateDict;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class FlatParametersTest {

    @BeforeAll
    static void load() {
        EngineLoader.engine();
    }

    @Test
    void parametersKeepTheirValuesAndBeginWhereGpusCanReadThem() {
        try (PointerScope scope = new PointerScope()) {
            Tensor one = Tensor.create(1.5f, -2f, 3f);
            Tensor two = Tensor.create(new float[] {4, 5, 6, 7}, 2, 2);
            try (FlatParameters flat = new FlatParameters(List.of(one, two))) {
                for (Tensor parameter : List.of(one, two)) {
                    assertEquals(0, parameter.storage_offset() * Float.BYTES % 256);
                    assertEquals(0, parameter.grad().storage_offset() * Float.BYTES % 256);
                }
                assertArrayEquals(new float[] {1.5f, -2, 3}, StateDict.floats(one));
                assertArrayEquals(new float[] {4, 5, 6, 7}, StateDict.floats(two));
                // What lies between them counts for nothing
                double sum = flat.values().sum().item().toDouble();
                assertEquals(1.5 - 2 + 3 + 4 + 5 + 6 + 7, sum);
                assertEquals(0, flat.gradients().abs().sum().item().toDouble());
                flat.values().mul_(new Scalar(2.0));
                assertArrayEquals(new float[] {8, 10, 12, 14}, StateDict.floats(two));
            }
        }
    }
}
