package io.github.transfuse.torch.infer;

import org.bytedeco.pytorch.IValue;
import org.bytedeco.pytorch.IValueVector;
import org.bytedeco.pytorch.JitModule;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** A TorchScript file as it is: what other programs run. Of several outputs the last one counts, as in TransFuse. */
public final class ScriptForm implements InferenceForm {

    private final JitModule module;

    /**
     * Opens a file.
     *
     * @param file path of a TorchScript archive
     */
    public ScriptForm(String file) {
        module = torch.load(file).retainReference();
        module.eval();
    }

    @Override
    public Tensor predict(Tensor images) {
        IValue output = module.forward(new IValueVector(new IValue(images)));
        Tensor last = output.isTuple() ? output.toTuple().elements().back().toTensor() : output.toTensor();
        return last.to(ScalarType.Float).contiguous();
    }

    @Override
    public void close() {
        module.close();
    }
}
