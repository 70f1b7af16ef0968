/**
 * Images and masks to scores and a report.
 *
 * <p>Start reading at {@link io.github.transfuse.evaluation.Evaluation}; {@link
 * io.github.transfuse.evaluation.CaseScorer} compares one image with its mask. Data in: images with masks. Data out: an
 * {@link io.github.transfuse.evaluation.EvaluationReport}.
 *
 * <p>{@link io.github.transfuse.evaluation.PairWorkers} can do the work of an evaluation elsewhere.
 */
package io.github.transfuse.evaluation;
