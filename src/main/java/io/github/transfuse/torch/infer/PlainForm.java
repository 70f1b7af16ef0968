package io.github.transfuse.torch.infer;

import io.github.transfuse.torch.nn.ChannelsLast;
import io.github.transfuse.torch.nn.TransFuseNetwork;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * The network as it was trained, nothing folded or fused, all three heads computed: the baseline that other forms are
 * compared with on a processor, and the form for GPUs and for volumes.
 */
public final class PlainForm implements InferenceForm {

    private final TransFuseNetwork network;
    private final ScalarType format;
    private final boolean channelsLast;

    private PlainForm(TransFuseNetwork network, ScalarType format, boolean channelsLast) {
        this.network = network;
        this.format = format;
        this.channelsLast = channelsLast;
        network.train(false);
    }

    /** In float32 on the processor. Takes the network over. */
    public static PlainForm reference(TransFuseNetwork network) {
        return new PlainForm(network, ScalarType.Float, false);
    }

    /** On any device, channels last, all floating-point numbers in the format. Takes the network over. */
    public static InferenceForm on(Device device, ScalarType format, TransFuseNetwork network) {
        network.convert(tensor -> {
            Tensor moved = tensor.is_floating_point()
                    ? tensor.to(device, format)
                    : tensor.to(device, tensor.scalar_type().intern());
            return ChannelsLast.of(moved);
        });
        return new OnDevice(device, new PlainForm(network, format, true));
    }

    @Override
    public Tensor predict(Tensor images) {
        Tensor pixels = images.to(format);
        return network.forward(channelsLast ? ChannelsLast.of(pixels) : pixels.contiguous())
                .map2()
                .contiguous();
    }

    @Override
    public void close() {
        network.close();
    }
}
