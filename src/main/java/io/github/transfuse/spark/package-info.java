/**
 * Many images, or the folds of a training, on many computers, by Apache Spark. The only room that knows Spark; it comes in a jar of its own.
 *
 * <p>Start reading at {@link io.github.transfuse.spark.SparkSegmenter}, the side of the driver: it cuts the files into tasks
 * ({@link io.github.transfuse.spark.TaskSizes}). The side of the executors is {@link
 * io.github.transfuse.spark.ImageTaskRunner}: one network for each process, and the usual {@link
 * io.github.transfuse.batch.BatchRun} over the files of a task. An image too large for one executor is cut into blocks of {@link
 * io.github.transfuse.segmentation}, which {@link io.github.transfuse.spark.BlockTaskRunner} computes. Data in: settings. Data
 * out: the files that one computer would write, and a table of how each image went.
 *
 * <p>{@link io.github.transfuse.spark.SparkEvaluator} sends images in the same tasks, and joins their scores. {@link
 * io.github.transfuse.spark.SparkTrainer} gives each fold of a cross-validation a task.
 */
package io.github.transfuse.spark;
