/**
 * Speed and memory of segmenting and training on this computer.
 *
 * <p>Start reading at {@link io.github.transfuse.bench.Benchmark}. Data in: a model, or sizes. Data out: times and memory.
 */
package io.github.transfuse.bench;
