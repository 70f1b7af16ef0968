package io.github.transfuse.model;

import java.nio.file.Path;

/**
 * A model on disk: {@code model.json}, {@code weights.safetensors} and the card {@code README.md}.
 *
 * @param path the folder
 * @param spec its specification
 * @param sha256 of the weights, lower-case hexadecimal, checked when opened
 */
public record ModelFolder(Path path, ModelSpec spec, String sha256) {

    /** Name of the specification file. */
    public static final String SPEC = "model.json";

    /** Name of the weights file. */
    public static final String WEIGHTS = "weights.safetensors";

    /** Name of the model card. */
    public static final String CARD = "README.md";

    /** Path of the weights. */
    public Path weights() {
        return path.resolve(WEIGHTS);
    }
}
