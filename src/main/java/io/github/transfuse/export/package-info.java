/**
 * Models in the formats of other programs.
 *
 * <p>Start reading at {@link io.github.transfuse.export.BioimageModel}. Data in: a model folder. Data out: a package.
 */
package io.github.transfuse.export;
