package io.github.transfuse.torch.nn;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Pre-activation bottleneck: three times BN, ReLU and convolution (1x1, 3x3, 1x1 over out / 2 channels), beside a
 * shortcut of the raw input; [B, in, H, W] to [B, out, H, W]. The shortcut's convolution is part of the state dictionary
 * even where in equals out and it is not used.
 */
public final class ResidualBottleneck extends Layer {

    private final BatchNorm2d bn1;
    private final ConvBnRelu conv1;
    private final BatchNorm2d bn2;
    private final ConvBnRelu conv2;
    private final BatchNorm2d bn3;
    private final ConvBnRelu conv3;
    private final ConvBnRelu shortcut;
    private final boolean projects;

    ResidualBottleneck(int in, int out) {
        int hidden = out / 2;
        bn1 = child("bn1", new BatchNorm2d(in));
        conv1 = child("conv1", ConvBnRelu.plain(in, hidden, 1));
        bn2 = child("bn2", new BatchNorm2d(hidden));
        conv2 = child("conv2", ConvBnRelu.plain(hidden, hidden, 3));
        bn3 = child("bn3", new BatchNorm2d(hidden));
        conv3 = child("conv3", ConvBnRelu.plain(hidden, out, 1));
        shortcut = child("skip_layer", ConvBnRelu.plain(in, out, 1));
        projects = in != out;
    }

    Tensor forward(Tensor x) {
        Tensor hidden = conv1.forward(torch.relu_(bn1.forward(x)));
        hidden = conv2.forward(torch.relu_(bn2.forward(hidden)));
        hidden = conv3.forward(torch.relu_(bn3.forward(hidden)));
        return hidden.add(projects ? shortcut.forward(x) : x);
    }
}
