/** How well a segmentation agrees with the truth. */
package io.github.transfuse.metrics;
