/**
 * Trained numbers in and out: safetensors files and a restricted, pure-Java reader of PyTorch checkpoints.
 *
 * <p>Start reading at {@link io.github.transfuse.weights.TensorStore}, which both readers return. Data in: a path to a
 * {@code .safetensors} file ({@link io.github.transfuse.weights.Safetensors}) or a {@code .pth} checkpoint
 * ({@link io.github.transfuse.weights.PthFile}). Data out: named {@link io.github.transfuse.weights.StoredTensor}s,
 * little-endian and row-major, or a safetensors file. Nothing here needs libtorch and nothing in a file is ever
 * executed; a file that breaks its format is refused with a
 * {@link io.github.transfuse.weights.ModelFormatException} that names the file and the way out.
 */
package io.github.transfuse.weights;
