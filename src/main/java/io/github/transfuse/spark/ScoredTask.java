package io.github.transfuse.spark;

import io.github.transfuse.evaluation.EvaluationPart;
import java.io.Serializable;

/**
 * How a task of an evaluation went.
 *
 * @param part the scores of its images
 * @param seconds that they took together, opening the network not counted
 * @param weight of the images, as {@link ImageTask.Image#weight} counts
 */
record ScoredTask(EvaluationPart part, double seconds, long weight) implements TaskRun.Told, Serializable {}
