package io.github.transfuse.model;

import io.github.transfuse.network.Variant;
import io.github.transfuse.weights.ModelFormatException;
import io.github.transfuse.weights.Safetensors;
import io.github.transfuse.weights.TensorStore;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * The pretrained branches inside the plugin's jar, from which new models start: ResNet-18 and the first blocks of ViT-Tiny,
 * trained on ImageNet. The file {@code NOTICE} names their sources. They are small enough to be read into memory, so that
 * no copy on a disk can be damaged.
 */
public final class ImagenetBranches {

    /** What they are, for people and for the cards of models that start from them. */
    public static final String WORDS =
            "ImageNet weights: ResNet-18 of torchvision (BSD-3-Clause), ViT-Tiny of timm (Apache-2.0)";

    private static final List<String> FILES = List.of("resnet18.safetensors", "vit-tiny.safetensors");

    private ImagenetBranches() {}

    /** Whether the branches of a variant have the widths of those in the jar, and no more blocks: T, TFINE and T3D. */
    public static boolean fit(Variant variant) {
        Variant.Transformer own = variant.transformer();
        Variant.Transformer stored = Variant.T.transformer();
        return variant.cnn().equals(Variant.T.cnn())
                && own.dim() == stored.dim()
                && own.heads() == stored.heads()
                && own.blocks() <= stored.blocks();
    }

    /**
     * Reads them.
     *
     * @return a store with the names of torchvision for the ResNet, one with those of timm for the ViT
     * @throws IOException if the jar lacks them
     */
    public static List<TensorStore> read() throws IOException {
        List<TensorStore> stores = new ArrayList<>();
        for (String file : FILES) {
            String resource = "/backbones/" + file;
            try (InputStream in = ImagenetBranches.class.getResourceAsStream(resource)) {
                if (in == null) {
                    throw new ModelFormatException("The plugin's jar lacks " + resource
                            + ". Install the plugin again, or set start_from=random.");
                }
                stores.add(Safetensors.read(in, file));
            }
        }
        return stores;
    }
}
