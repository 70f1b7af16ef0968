/**
 * Holds the network, finds what fits into memory, and makes labels of logits.
 *
 * <p>Start reading at {@link io.github.transfuse.segmentation.Segmenter}. {@link
 * io.github.transfuse.segmentation.NetworkHolder} owns the network and its thread; {@link
 * io.github.transfuse.segmentation.ModelSettings} says what settings change of a model's rules. Data in: planes of images.
 * Data out: labels, probabilities and how they were computed.
 */
package io.github.transfuse.segmentation;
