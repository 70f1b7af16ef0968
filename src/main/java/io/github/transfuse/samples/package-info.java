/** Training examples: pairs of files, splits, masks and augmentation. */
package io.github.transfuse.samples;
