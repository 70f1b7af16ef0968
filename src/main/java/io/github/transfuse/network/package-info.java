/**
 * What a TransFuse network is, said once and without PyTorch: its layers, their names in the state dictionary, the shapes
 * of their tensors, and how these begin. Networks are built from it, and files are checked against it.
 */
package io.github.transfuse.network;
