package io.github.transfuse.torch.train;

import io.github.transfuse.model.Normalization;
import io.github.transfuse.torch.nn.ShapeText;
import io.github.transfuse.torch.nn.StateDict;
import io.github.transfuse.torch.nn.TransFuseNetwork;
import io.github.transfuse.weights.ModelFormatException;
import io.github.transfuse.weights.Safetensors;
import io.github.transfuse.weights.StoredTensor;
import io.github.transfuse.weights.TensorStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * Starts both branches from ImageNet weights: safetensors files with torchvision's names for the ResNet and timm's for
 * the ViT. A ViT trained on mean and standard deviation 0.5 is adapted to the model's normalisation by folding the
 * difference into its patch embedding; a ResNet whose batch normalisation was folded away is given one back by
 * {@link NormCalibration}.
 */
final class Backbones {

    private static final int COLOURS = 3;
    private static final double VIT_MEAN = 0.5;
    private static final double VIT_STD = 0.5;

    private Backbones() {}

    /** Whether the ResNet in use came with its batch normalisation folded into its convolutions. */
    record Loaded(boolean foldedNorms, List<String> notes) {}

    /**
     * Opens a folder's files.
     *
     * @throws IOException if there are none, or one is damaged
     */
    static List<TensorStore> open(Path folder) throws IOException {
        List<TensorStore> stores = new ArrayList<>();
        for (Path file : safetensors(folder)) {
            stores.add(Safetensors.open(file));
        }
        return stores;
    }

    /**
     * Fills what the stores hold.
     *
     * @throws IOException if one does not fit the variant
     */
    static Loaded load(TransFuseNetwork network, List<TensorStore> stores, Normalization normalization)
            throws IOException {
        boolean folded = false;
        for (TensorStore store : stores) {
            if (store.has("patch_embed.proj.weight")) {
                transformer(network, store, normalization);
            } else if (store.has("layer1.0.conv1.weight")) {
                folded = store.has("layer1.0.conv1.bias");
                resnet(network, store, folded);
            }
        }
        int channels = network.spec().channels();
        return new Loaded(folded, channels == COLOURS ? List.of() : List.of(adaptedNote(channels, COLOURS)));
    }

    /** Said of first convolutions that were {@link #adapted}. */
    static String adaptedNote(long channels, long stored) {
        return "the first layers see " + channels + " channel(s) instead of " + stored
                + ": they start from the mean over channels";
    }

    private static List<Path> safetensors(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> found = files.filter(f -> f.toString().endsWith(".safetensors"))
                    .sorted()
                    .toList();
            if (found.isEmpty()) {
                throw new IOException("No .safetensors files of backbones in " + folder
                        + ". Leave 'backbones' out to start from random weights.");
            }
            return found;
        }
    }

    private static void resnet(TransFuseNetwork network, TensorStore store, boolean folded) throws IOException {
        for (Map.Entry<String, Tensor> entry : network.resnet().stateDict().entrySet()) {
            String key = entry.getKey();
            if (store.has(key)) {
                copy(store.get(key), entry.getValue());
            } else if (folded && key.endsWith(".bias")) {
                String convolution = convolutionOf(key.substring(0, key.length() - ".bias".length()));
                copy(store.get(convolution + ".bias"), entry.getValue());
            }
        }
    }

    /** The convolution in front of a batch normalisation: bn1 is behind conv1, downsample.1 behind downsample.0. */
    static String convolutionOf(String norm) {
        return norm.endsWith("downsample.1")
                ? norm.substring(0, norm.length() - 1) + "0"
                : norm.replaceFirst("bn(\\d)$", "conv$1");
    }

    private static void transformer(TransFuseNetwork network, TensorStore store, Normalization normalization)
            throws IOException {
        for (Map.Entry<String, Tensor> entry : network.transformer().stateDict().entrySet()) {
            String key = entry.getKey();
            if (key.equals("pos_embed")) {
                positions(network, store.get(key), entry.getValue());
            } else if (store.has(key)) {
                copy(store.get(key), entry.getValue());
            } else {
                throw new ModelFormatException("The transformer backbone lacks tensor '" + key
                        + "'. Use weights of the variant's own ViT, or leave 'backbones' out.");
            }
        }
        adaptInput(network, normalization);
    }

    /** Drops the class token's entry and resamples the square grid of the rest. */
    private static void positions(TransFuseNetwork network, StoredTensor stored, Tensor into) {
        try (PointerScope scope = new PointerScope();
                NoGradGuard guard = new NoGradGuard()) {
            Tensor table = Tensor.create(stored.floats(), stored.shape());
            long side = (long) Math.sqrt((double) table.size(1));
            Tensor grid = table.narrow(1, table.size(1) - side * side, side * side);
            int[] wanted = network.spec().variant().grid();
            into.copy_(Inflation.positions(grid, new int[] {(int) side, (int) side}, wanted));
        }
    }

    /** W' = W sigma / 0.5, b' = b + sum of W (mu - 0.5) / 0.5, so that the same tokens come from other inputs. */
    static void adaptInput(TransFuseNetwork network, Normalization normalization) {
        if (normalization.mean().size() != network.spec().channels()) {
            return;
        }
        try (PointerScope scope = new PointerScope();
                NoGradGuard guard = new NoGradGuard()) {
            Tensor weight = network.transformer().embedding().projection().weight();
            Tensor bias = network.transformer().embedding().projection().bias().orElseThrow();
            for (int c = 0; c < network.spec().channels(); c++) {
                Tensor channel = weight.narrow(1, c, 1);
                double shift = (normalization.mean().get(c) - VIT_MEAN) / VIT_STD;
                bias.add_(channel.flatten(1, -1).sum(1).mul(new Scalar(shift)));
                channel.mul_(new Scalar(normalization.std().get(c) / VIT_STD));
            }
        }
    }

    private static void copy(StoredTensor stored, Tensor into) throws ModelFormatException {
        if (Arrays.equals(stored.shape(), ShapeText.of(into))) {
            StateDict.copy(stored, into);
        } else if ((stored.shape().length == 4 && into.dim() == 4) || Inflation.fits(stored.shape(), into)) {
            adapted(stored, into);
        } else {
            throw new ModelFormatException("Backbone tensor '" + stored.name() + "' has shape "
                    + Arrays.toString(stored.shape()) + " instead of " + ShapeText.toString(into)
                    + ". Use backbones of the variant.");
        }
    }

    /**
     * Kernels for another number of channels or for volumes. First convolutions get the mean of the stored channels, scaled
     * to the same sum; volumes see {@link Inflation}.
     */
    static void adapted(StoredTensor stored, Tensor into) {
        try (PointerScope scope = new PointerScope();
                NoGradGuard guard = new NoGradGuard()) {
            Tensor kernels = Tensor.create(stored.floats(), stored.shape());
            if (kernels.size(1) != into.size(1)) {
                Tensor mean = kernels.sum(1).unsqueeze(1).div(new Scalar((double) into.size(1)));
                kernels = mean.expand(kernels.size(0), into.size(1), kernels.size(2), kernels.size(3));
            }
            boolean patch = stored.name().startsWith("patch_embed.");
            into.copy_(into.dim() == 5 ? Inflation.like(kernels, into, patch) : kernels);
        }
    }
}
