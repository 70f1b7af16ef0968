/**
 * What a model <em>is</em>: its specification, its folder on disk and the catalogue of bundled and installed models.
 *
 * <p>Start reading at {@link io.github.transfuse.model.ModelSpec}; {@code ModelFolder} reads and writes it together with
 * the weights. Data in: {@code model.json} and {@code weights.safetensors}. Data out: the records of this package, which
 * every other package reads and none changes.
 */
package io.github.transfuse.model;
