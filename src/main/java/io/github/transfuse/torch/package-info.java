/**
 * The native side: the engine on JavaCPP PyTorch. Start reading at {@link io.github.transfuse.torch.TorchEngine}, which
 * {@code EngineLoader} finds by name. Data in: model folders, batches of normalised tiles, plans of trainings. Data out:
 * batches of logits, trained model folders.
 *
 * <p>Rules that hold here: libraries are loaded once by {@link io.github.transfuse.torch.NativeLibraries}; every batch
 * has its own pointer scope, so that native memory is freed when the batch ends and not when Java's collector runs; no
 * gradients are recorded outside of trainings.
 */
package io.github.transfuse.torch;
