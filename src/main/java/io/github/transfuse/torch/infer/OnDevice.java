package io.github.transfuse.torch.infer;

import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.MemoryFormatOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** A form whose weights lie on a device: takes images there and brings the logits back. */
final class OnDevice implements InferenceForm {

    private final Device device;
    private final InferenceForm form;

    /** Takes the form over. */
    OnDevice(Device device, InferenceForm form) {
        this.device = device.retainReference();
        this.form = form;
    }

    @Override
    public Tensor predict(Tensor images) {
        return form.predict(moved(images))
                .to(new Device("cpu"), ScalarType.Float)
                .contiguous();
    }

    /** To a CUDA device through page-locked memory, from which it is copied while the processor goes on. */
    private Tensor moved(Tensor images) {
        ScalarType format = images.scalar_type().intern();
        return device.is_cuda()
                ? images.pin_memory().to(device, format, true, false, new MemoryFormatOptional())
                : images.to(device, format);
    }

    @Override
    public void close() {
        form.close();
        device.close();
    }
}
