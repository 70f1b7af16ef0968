/**
 * The TransFuse network (Zhang, Liu and Hu, MICCAI 2021, arXiv:2102.08005), one class a block, after the data flow:
 * {@link io.github.transfuse.torch.nn.ResNetBackbone} and {@link io.github.transfuse.torch.nn.VisionTransformer} see the
 * same image, {@link io.github.transfuse.torch.nn.BiFusion} joins them at three resolutions and
 * {@link io.github.transfuse.torch.nn.UpBlock}s decode. Start reading at
 * {@link io.github.transfuse.torch.nn.TransFuseNetwork}.
 *
 * <p>Java fields have words for names; the names given to {@link io.github.transfuse.torch.nn.Layer#child} are those of
 * the published state dictionaries. Shape comments use B (batch), C (channels), D (slices of volumes), H, W (rows, columns), N (tokens), E
 * (embedding dimension), h (attention heads), d (E / h). Layers never open pointer scopes: whoever calls
 * {@code forward} does, once per batch. Data in: normalised images. Data out: logits.
 */
package io.github.transfuse.torch.nn;
