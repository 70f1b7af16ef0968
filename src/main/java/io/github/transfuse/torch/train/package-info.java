/**
 * Training: the structure loss under deep supervision, the optimiser loop, validation and checkpoints. Start reading at
 * {@link io.github.transfuse.torch.train.Trainings}. Data in: a plan and the examples it names. Data out: a model folder
 * with the weights that were best on the validation examples.
 */
package io.github.transfuse.torch.train;
