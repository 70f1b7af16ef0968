/**
 * Training examples, without libtorch: which image belongs to which mask, which pairs validate, what the values of a mask
 * mean, and how examples are varied. Start reading at {@link io.github.transfuse.samples.Pairing}. Data in: folders.
 * Data out: {@link io.github.transfuse.samples.Example}s of one size, augmented by
 * {@link io.github.transfuse.samples.Augmenter}.
 */
package io.github.transfuse.samples;
