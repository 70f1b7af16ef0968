package io.github.transfuse.model;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The tensors of a network without the network: every state-dict key that the prediction needs, and its shape. Counters
 * ({@code num_batches_tracked}) and the unused class token are left out, since some files lack them.
 */
public final class TensorShapes {
    private final Map<String, List<Long>> shapes = new LinkedHashMap<>();
    private final Scales scales;

    private TensorShapes(Scales scales) {
        this.scales = scales;
    }

    /** The shapes of a network, in the order of its parts. */
    public static Map<String, List<Long>> of(NetworkSpec network) {
        Variant variant = network.variant();
        TensorShapes shapes = new TensorShapes(variant.scales());
        shapes.cnn(variant.cnn(), network.channels());
        shapes.transformer(variant.transformer(), network.channels());
        shapes.decoder(variant);
        shapes.heads(variant, network.classes());
        return Collections.unmodifiableMap(shapes.shapes);
    }

    private void cnn(Variant.Cnn cnn, int channels) {
        kernels("resnet.conv1.weight", channels, 64, scales.kernel(7));
        norm("resnet.bn1", 64);
        int in = 64;
        for (int stage = 0; stage < cnn.blocks().size(); stage++) {
            int out = cnn.channels().get(stage);
            for (int block = 0; block < cnn.blocks().get(stage); block++) {
                String at = "resnet.layer" + (stage + 1) + "." + block;
                residualBlock(at, cnn.bottleneck(), in, out);
                if (block == 0 && (stage > 0 || in != out)) {
                    kernels(at + ".downsample.0.weight", in, out, scales.kernel(1));
                    norm(at + ".downsample.1", out);
                }
                in = out;
            }
        }
    }

    private void residualBlock(String at, boolean bottleneck, int in, int out) {
        int width = bottleneck ? out / 4 : out;
        kernels(at + ".conv1.weight", in, width, scales.kernel(bottleneck ? 1 : 3));
        norm(at + ".bn1", width);
        kernels(at + ".conv2.weight", width, width, scales.kernel(3));
        norm(at + ".bn2", width);
        if (bottleneck) {
            kernels(at + ".conv3.weight", width, out, scales.kernel(1));
            norm(at + ".bn3", out);
        }
    }

    private void transformer(Variant.Transformer transformer, int channels) {
        int dim = transformer.dim();
        shape("transformer.pos_embed", 1, transformer.tokens(), dim);
        kernels("transformer.patch_embed.proj.weight", channels, dim, scales.patch());
        shape("transformer.patch_embed.proj.bias", dim);
        for (int block = 0; block < transformer.blocks(); block++) {
            String at = "transformer.blocks." + block;
            affine(at + ".norm1", dim);
            linear(at + ".attn.qkv", dim, 3 * dim);
            linear(at + ".attn.proj", dim, dim);
            affine(at + ".norm2", dim);
            linear(at + ".mlp.fc1", dim, 4 * dim);
            linear(at + ".mlp.fc2", 4 * dim, dim);
        }
        affine("transformer.norm", dim);
    }

    private void decoder(Variant variant) {
        int dim = variant.transformer().dim();
        int t1 = variant.decoder().get(0);
        int t2 = variant.decoder().get(1);
        int fused = variant.fused();
        List<Integer> cnn = variant.cnn().channels();
        doubleConvolution("up1.conv", dim, t1);
        doubleConvolution("up2.conv", t1, t2);
        fusion("up_c", cnn.get(2), dim, 4, fused);
        fusion("up_c_1_1", cnn.get(1), t1, 2, t1);
        doubleConvolution("up_c_1_2.conv", fused + t1, t1);
        attentionGate("up_c_1_2.attn_block", fused, t1);
        fusion("up_c_2_1", cnn.get(0), t2, 1, t2);
        doubleConvolution("up_c_2_2.conv", t1 + t2, t2);
        attentionGate("up_c_2_2.attn_block", t1, t2);
    }

    private void doubleConvolution(String at, int in, int out) {
        convolution(at + ".double_conv.0", in, out, 3);
        norm(at + ".double_conv.1", out);
        convolution(at + ".double_conv.3", out, out, 3);
        norm(at + ".double_conv.4", out);
        convolution(at + ".identity.0", in, out, 1);
        norm(at + ".identity.1", out);
    }

    private void fusion(String at, int cnn, int transformer, int reduction, int out) {
        convolution(at + ".fc1", transformer, transformer / reduction, 1);
        convolution(at + ".fc2", transformer / reduction, transformer, 1);
        kernels(at + ".spatial.conv.weight", 2, 1, scales.kernel(7));
        norm(at + ".spatial.bn", 1);
        unit(at + ".W_g", cnn, out, 1);
        unit(at + ".W_x", transformer, out, 1);
        unit(at + ".W", out, out, 3);
        int in = cnn + transformer + out;
        norm(at + ".residual.bn1", in);
        convolution(at + ".residual.conv1.conv", in, out / 2, 1);
        norm(at + ".residual.bn2", out / 2);
        convolution(at + ".residual.conv2.conv", out / 2, out / 2, 3);
        norm(at + ".residual.bn3", out / 2);
        convolution(at + ".residual.conv3.conv", out / 2, out, 1);
        convolution(at + ".residual.skip_layer.conv", in, out, 1);
    }

    private void attentionGate(String at, int gate, int out) {
        convolution(at + ".W_g.0", gate, out, 1);
        norm(at + ".W_g.1", out);
        convolution(at + ".W_x.0", out, out, 1);
        norm(at + ".W_x.1", out);
        convolution(at + ".psi.0", out, 1, 1);
        norm(at + ".psi.1", 1);
    }

    private void heads(Variant variant, int classes) {
        int width = variant.decoder().get(1);
        unit("final_x.0", variant.fused(), width, 1);
        unit("final_x.1", width, width, 3);
        convolution("final_x.2.conv", width, classes, 3);
        for (String head : List.of("final_1", "final_2")) {
            unit(head + ".0", width, width, 3);
            convolution(head + ".1.conv", width, classes, 3);
        }
    }

    /** A convolution with batch normalisation. */
    private void unit(String at, int in, int out, int kernel) {
        convolution(at + ".conv", in, out, kernel);
        norm(at + ".bn", out);
    }

    private void convolution(String at, int in, int out, int kernel) {
        kernels(at + ".weight", in, out, scales.kernel(kernel));
        shape(at + ".bias", out);
    }

    private void kernels(String key, int in, int out, List<Integer> extent) {
        long[] lengths = new long[2 + extent.size()];
        lengths[0] = out;
        lengths[1] = in;
        for (int axis = 0; axis < extent.size(); axis++) {
            lengths[2 + axis] = extent.get(axis);
        }
        shape(key, lengths);
    }

    private void linear(String at, int in, int out) {
        shape(at + ".weight", out, in);
        shape(at + ".bias", out);
    }

    private void affine(String at, int channels) {
        shape(at + ".weight", channels);
        shape(at + ".bias", channels);
    }

    private void norm(String at, int channels) {
        affine(at, channels);
        shape(at + ".running_mean", channels);
        shape(at + ".running_var", channels);
    }

    private void shape(String key, long... lengths) {
        shapes.put(key, Arrays.stream(lengths).boxed().toList());
    }
}
