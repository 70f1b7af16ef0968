package io.github.transfuse.torch.infer;

import io.github.transfuse.model.ActivationRanges;
import io.github.transfuse.torch.infer.Kernels.Unary;
import io.github.transfuse.torch.nn.ConvBnRelu;
import io.github.transfuse.torch.nn.TransFuseNetwork;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.MemoryFormat;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * The prediction of a trained network rewritten for speed: batch normalisation is folded into the
 * convolutions, maps have their channels last, activations and sums are part of the operation before them, and the heads
 * that only train are left out. In float32 the logits differ from the network's by rounding alone.
 */
public final class CompiledForm implements InferenceForm {

    private final Kernels kernels;
    private final Kept kept = new Kept();
    private final ScalarType format;
    private final CompiledBackbone backbone;
    private final CompiledTransformer transformer;
    private final CompiledUpBlock up1;
    private final CompiledUpBlock up2;
    private final CompiledFusion fusion0;
    private final CompiledFusion fusion1;
    private final CompiledFusion fusion2;
    private final List<CompiledUpBlock.Gated> decoders = new ArrayList<>();
    private final Unary headFirst;
    private final Unary headLast;
    private final boolean alignCorners;

    private CompiledForm(TransFuseNetwork network, Kernels kernels, ScalarType format, Attention attention) {
        this.kernels = kernels;
        this.format = format;
        Builder builder = new Builder(kernels, kept, format, attention);
        backbone = new CompiledBackbone(builder, network.resnet());
        transformer = new CompiledTransformer(builder, network.transformer());
        up1 = new CompiledUpBlock(builder, network.up().get(0).conv());
        up2 = new CompiledUpBlock(builder, network.up().get(1).conv());
        fusion0 = new CompiledFusion(builder, network.fusions().get(0));
        fusion1 = new CompiledFusion(builder, network.fusions().get(1));
        fusion2 = new CompiledFusion(builder, network.fusions().get(2));
        network.decoders().forEach(block -> decoders.add(new CompiledUpBlock.Gated(builder, block)));
        List<ConvBnRelu> head = network.head().convs();
        headFirst = builder.conv(head.get(0), Activation.RELU);
        headLast = builder.conv(head.get(1), Activation.NONE);
        alignCorners = network.spec().alignCorners();
    }

    /**
     * Compiles. The network may be closed afterwards.
     *
     * @param format of weights and activations: float32 or bf16
     */
    public static CompiledForm of(TransFuseNetwork network, ScalarType format) {
        return of(network, Kernels.fastest(format), format);
    }

    /**
     * Compiles for a device other than the processor. The network is moved there, and may be closed afterwards.
     *
     * @param format of weights and activations: float32, bf16 or half
     */
    public static InferenceForm on(Device device, TransFuseNetwork network, ScalarType format) {
        try (PointerScope scope = new PointerScope();
                NoGradGuard guard = new NoGradGuard()) {
            network.convert(tensor -> tensor.to(device, tensor.scalar_type().intern()));
            Kernels kernels = new TorchKernels(format);
            return new OnDevice(device, new CompiledForm(network, kernels, format, Attention.AS_GIVEN));
        }
    }

    /**
     * Compiles for int8 on the processor. The network may be closed afterwards.
     *
     * @param ranges from a calibration of this network
     * @throws IllegalArgumentException if they are those of another network
     */
    public static CompiledForm int8(TransFuseNetwork network, ActivationRanges ranges) {
        Int8Kernels kernels = new Int8Kernels(Kernels.fastest(ScalarType.Float), ranges);
        try {
            CompiledForm form = of(network, kernels, ScalarType.Float);
            kernels.requireAllTaken();
            return form;
        } catch (IllegalArgumentException e) {
            kernels.close();
            throw e;
        }
    }

    static CompiledForm of(TransFuseNetwork network, Kernels kernels, ScalarType format) {
        try (PointerScope scope = new PointerScope();
                NoGradGuard guard = new NoGradGuard()) {
            return new CompiledForm(network, kernels, format, Attention.fastest(format));
        }
    }

    @Override
    public Tensor predict(Tensor images) {
        Tensor t0 = transformer.apply(images);
        Tensor t1 = up1.apply(t0);
        Tensor t2 = up2.apply(t1);
        CompiledBackbone.Maps maps = backbone.apply(images.to(format).contiguous(MemoryFormat.ChannelsLast));
        List<Tensor> g = maps.stages();
        Tensor f0 = fusion0.apply(g.get(2), t0);
        Tensor f1 = fusion1.apply(g.get(1), t1);
        Tensor f2 = fusion2.apply(g.get(0), t2);
        List<Tensor> skips = List.of(f1, f2, maps.stem());
        Tensor decoded = f0;
        for (int i = 0; i < decoders.size(); i++) {
            decoded = decoders.get(i).apply(decoded, skips.get(i));
        }
        Tensor logits =
                headLast.apply(headFirst.apply(decoded)).to(ScalarType.Float).contiguous();
        return torch.upsample_bilinear2d(logits, new long[] {images.size(2), images.size(3)}, alignCorners);
    }

    @Override
    public void close() {
        kernels.close();
        kept.close();
    }
}
