package io.github.transfuse.torch.infer;

import io.github.transfuse.torch.nn.ChannelsLast;
import io.github.transfuse.torch.nn.TransFuseNetwork;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.MemoryFormatOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * The network as it was trained, nothing folded or fused, all three heads computed: the baseline that other forms are
 * compared with on a processor, and the form for GPUs and for volumes.
 */
public final class PlainForm implements InferenceForm {

    private final TransFuseNetwork network;
    private final Device device;
    private final ScalarType format;
    private final boolean channelsLast;

    private PlainForm(TransFuseNetwork network, Device device, ScalarType format, boolean channelsLast) {
        this.network = network;
        this.device = device.retainReference();
        this.format = format;
        this.channelsLast = channelsLast;
        network.train(false);
    }

    /** In float32 on the processor. Takes the network over. */
    public static PlainForm reference(TransFuseNetwork network) {
        return new PlainForm(network, new Device("cpu"), ScalarType.Float, false);
    }

    /** On any device, channels last, all floating-point numbers in the format. Takes the network over. */
    public static PlainForm on(Device device, ScalarType format, TransFuseNetwork network) {
        network.convert(tensor -> {
            Tensor moved = tensor.is_floating_point()
                    ? tensor.to(device, format)
                    : tensor.to(device, tensor.scalar_type().intern());
            return ChannelsLast.of(moved);
        });
        return new PlainForm(network, device, format, true);
    }

    @Override
    public Tensor predict(Tensor images) {
        Tensor moved = moved(images);
        Tensor logits = network.forward(channelsLast ? ChannelsLast.of(moved) : moved.contiguous())
                .map2();
        return logits.to(new Device("cpu"), ScalarType.Float).contiguous();
    }

    /** To a CUDA device through page-locked memory, from which it is copied while the processor goes on. */
    private Tensor moved(Tensor images) {
        boolean cuda = device.is_cuda();
        return cuda
                ? images.pin_memory().to(device, format, true, false, new MemoryFormatOptional())
                : images.to(device, format);
    }

    @Override
    public void close() {
        network.close();
        device.close();
    }
}
