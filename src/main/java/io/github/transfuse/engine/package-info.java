/**
 * The boundary to the native side. Only JDK types, the records of this package and of {@code model} cross it, so that the
 * implementation may live in a class loader of its own: {@link io.github.transfuse.engine.EngineLoader} decides.
 *
 * <p>Start reading at {@link io.github.transfuse.engine.Engine}. Data in: batches of normalised tiles, or a plan of a
 * training. Data out: batches of logits, or a model folder.
 */
package io.github.transfuse.engine;
