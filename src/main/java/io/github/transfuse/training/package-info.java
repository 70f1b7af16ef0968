/**
 * From folders and settings to a plan of a training, and its run.
 *
 * <p>Start reading at {@link io.github.transfuse.training.Training}. {@link
 * io.github.transfuse.training.TrainingPlanner} chooses what the settings leave open, from a {@link
 * io.github.transfuse.training.DataSurvey} of the images; {@link io.github.transfuse.training.TrainingProposal} only says
 * what it would choose. Data in: images with masks. Data out: a model folder.
 */
package io.github.transfuse.training;
