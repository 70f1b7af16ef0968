package io.github.transfuse.network;

/**
 * A layer under its name in the layer around it.
 *
 * @param name the step in the keys of the state dictionary
 * @param layer what is there
 */
public record Part<S extends LayerSpec>(String name, S layer) {}
