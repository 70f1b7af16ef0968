/**
 * Training examples, without libtorch: which image belongs to which mask, which pairs validate, what the values of a mask
 * mean, and how examples are varied. Start reading at {@link io.github.transfuse.samples.ExampleSet}: it follows
 * {@link io.github.transfuse.samples.Pairing} and {@link io.github.transfuse.samples.Splitting}, holds back what judges
 * ({@link io.github.transfuse.samples.HeldBack}), decides what masks mean
 * ({@link io.github.transfuse.samples.MaskCoding}) and reads examples
 * ({@link io.github.transfuse.samples.ExampleReader}, for whole stacks {@link io.github.transfuse.samples.VolumeReader}).
 * Then an {@link io.github.transfuse.samples.ExampleFeed} hands out
 * batches of what {@link io.github.transfuse.samples.Crops} chooses, varied by
 * {@link io.github.transfuse.samples.Augmenter}. Data in: folders. Data out: batches of floats, not yet normalised with
 * the model's own mean and deviation.
 */
package io.github.transfuse.samples;
