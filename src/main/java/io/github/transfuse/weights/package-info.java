/** Trained numbers in and out: safetensors files and a restricted, pure-Java reader of PyTorch checkpoints. */
package io.github.transfuse.weights;
