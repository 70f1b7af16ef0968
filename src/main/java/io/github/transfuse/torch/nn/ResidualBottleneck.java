package io.github.transfuse.torch.nn;

import io.github.transfuse.model.Scales;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Pre-activation bottleneck: three times BN, ReLU and convolution (1x1, 3x3, 1x1 over out / 2 channels), beside a
 * shortcut of the raw input; [B, in, H, W] to [B, out, H, W]. The shortcut's convolution is part of the state dictionary
 * even where in equals out and it is not used.
 */
public final class ResidualBottleneck extends Layer {

    private final BatchNorm bn1;
    private final ConvBnRelu conv1;
    private final BatchNorm bn2;
    private final ConvBnRelu conv2;
    private final BatchNorm bn3;
    private final ConvBnRelu conv3;
    private final ConvBnRelu shortcut;
    private final boolean projects;

    ResidualBottleneck(Scales scales, int in, int out) {
        Kernel one = Kernel.of(scales, 1);
        int hidden = out / 2;
        bn1 = child("bn1", new BatchNorm(in));
        conv1 = child("conv1", ConvBnRelu.plain(one, in, hidden));
        bn2 = child("bn2", new BatchNorm(hidden));
        conv2 = child("conv2", ConvBnRelu.plain(Kernel.of(scales, 3), hidden, hidden));
        bn3 = child("bn3", new BatchNorm(hidden));
        conv3 = child("conv3", ConvBnRelu.plain(one, hidden, out));
        shortcut = child("skip_layer", ConvBnRelu.plain(one, in, out));
        projects = in != out;
    }

    Tensor forward(Tensor x) {
        Tensor hidden = conv1.forward(torch.relu_(bn1.forward(x)));
        hidden = conv2.forward(torch.relu_(bn2.forward(hidden)));
        hidden = conv3.forward(torch.relu_(bn3.forward(hidden)));
        return hidden.add(projects ? shortcut.forward(x) : x);
    }
}
