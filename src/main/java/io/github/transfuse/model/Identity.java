package io.github.transfuse.model;

/**
 * Who a model is.
 *
 * @param name short name without spaces, as in {@code model=skin-lesion}
 * @param title one line for menus
 * @param description what it segments, on what images
 * @param licence SPDX name of the licence of the weights, or a sentence
 */
public record Identity(String name, String title, String description, String licence) {}
