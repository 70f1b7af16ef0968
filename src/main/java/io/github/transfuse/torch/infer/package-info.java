/**
 * Networks made ready to predict: {@link io.github.transfuse.torch.infer.PlainForm} runs the network as it was trained,
 * {@link io.github.transfuse.torch.infer.CompiledForm} is the same function rewritten for speed on a processor. Start
 * reading at {@link io.github.transfuse.torch.infer.InferenceForm}. Data in: batches of normalised images. Data out:
 * logits of the prediction head.
 */
package io.github.transfuse.torch.infer;
