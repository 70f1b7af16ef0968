package io.github.transfuse.torch.infer;

import io.github.transfuse.model.ActivationRanges;
import io.github.transfuse.torch.nn.TransFuseNetwork;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** A compiled network in float32 that remembers which numbers reached its operations: the calibration for int8. */
public final class WatchedForm implements InferenceForm {

    private final RangeKernels kernels = new RangeKernels(Kernels.fastest(ScalarType.Float));
    private final CompiledForm form;

    /** Compiles. The network may be closed afterwards. */
    public WatchedForm(TransFuseNetwork network) {
        form = CompiledForm.of(network, kernels, ScalarType.Float);
    }

    /** What reached the operations in all predictions so far. */
    public ActivationRanges ranges() {
        return kernels.ranges();
    }

    @Override
    public Tensor predict(Tensor images) {
        return form.predict(images);
    }

    @Override
    public void close() {
        form.close();
    }
}
