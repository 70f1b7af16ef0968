/**
 * Images and masks to scores and a report.
 *
 * <p>Start reading at {@link io.github.transfuse.evaluation.Evaluation}; {@link
 * io.github.transfuse.evaluation.CaseScorer} compares one image with its mask. Data in: images with masks. Data out: an
 * {@link io.github.transfuse.evaluation.EvaluationReport}.
 *
 * <p>Others can do the work: {@link io.github.transfuse.evaluation.PairWorkers} that of an evaluation, {@link
 * io.github.transfuse.evaluation.FoldWorkers} that of a cross-validation.
 */
package io.github.transfuse.evaluation;
