/**
 * What every host shows of a training: curves, previews and status, as pictures and sentences without a host toolkit.
 * Start reading at {@link io.github.transfuse.view.TrainingMonitor}. Data in: the reports of a training. Data out:
 * {@link java.awt.image.BufferedImage}s for windows and files.
 */
package io.github.transfuse.view;
