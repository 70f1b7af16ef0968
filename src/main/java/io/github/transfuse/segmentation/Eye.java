package io.github.transfuse.segmentation;

import io.github.transfuse.inference.Inference;
import io.github.transfuse.inference.NetworkParts;
import io.github.transfuse.model.InputSpec;

/**
 * How one model looks at an image.
 *
 * @param inference of its logits
 * @param mode what it sees at once
 * @param planes the image as it sees it
 */
public record Eye(Inference inference, InputSpec.Mode mode, NetworkParts planes) {}
