package io.github.transfuse.torch.train;

import static io.github.transfuse.Close.assertClose;

import io.github.transfuse.GoldenIndex.Entry;
import io.github.transfuse.torch.nn.StateDict;
import io.github.transfuse.weights.Safetensors;
import io.github.transfuse.weights.StoredTensor;
import io.github.transfuse.weights.TensorStore;
import java.io.IOException;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;

/** Checks the structure loss, its weights and its gradient in float64 against the reference's. */
public final class LossGolden {

    private LossGolden() {}

    /** One case. */
    public static void check(Entry entry) throws IOException {
        TensorStore store = Safetensors.open(entry.file());
        try (PointerScope scope = new PointerScope()) {
            Tensor logits = tensor(store.get("logits")).set_requires_grad(true);
            Tensor mask = tensor(store.get("mask"));
            Tensor loss = StructureLoss.binary(logits, mask, new TensorOptional());
            loss.backward();
            double expected = store.get("loss_f64").doubles()[0];
            assertClose(entry.name() + " loss", expected, loss.item().toDouble(), 1e-12, 1e-12);
            double[] gradient = StateDict.doubles(logits.grad());
            assertClose(entry.name() + " gradient", store.get("grad").doubles(), gradient, 1e-6, 1e-10);
            double[] weight = StateDict.doubles(StructureLoss.boundaryWeight(mask));
            assertClose(entry.name() + " weight", store.get("weight").doubles(), weight, 1e-6, 1e-6);
        }
    }

    private static Tensor tensor(StoredTensor stored) {
        return Tensor.create(stored.doubles(), stored.shape());
    }
}
