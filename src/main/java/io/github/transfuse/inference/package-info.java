/**
 * From a calibrated image to logits of its size, by the input rule of a model: segmenting, evaluation, training examples
 * and validation all walk this road. It knows neither settings nor the engine: a {@link
 * io.github.transfuse.tiling.TilePredictor} computes.
 *
 * <p>Start reading at {@link io.github.transfuse.inference.Preparation} (checks, channels, normalisation, axes), whose
 * {@link io.github.transfuse.inference.NetworkParts} {@link io.github.transfuse.inference.Inference} sends through the network.
 * Data in: images. Data out: rows of logits.
 */
package io.github.transfuse.inference;
