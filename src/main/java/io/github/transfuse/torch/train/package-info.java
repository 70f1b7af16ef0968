/** Loss, optimiser loop and checkpoints. */
package io.github.transfuse.torch.train;
