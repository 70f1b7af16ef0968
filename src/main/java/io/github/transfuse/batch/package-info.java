/**
 * Many files to results on disk.
 *
 * <p>Start reading at {@link io.github.transfuse.batch.BatchRun}; several files are in work beside each other in {@link
 * io.github.transfuse.batch.FilePipeline}. Data in: files. Data out: labels, tables, pictures and records beside each other.
 */
package io.github.transfuse.batch;
