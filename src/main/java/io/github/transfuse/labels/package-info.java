/** From probabilities to classes, components and cleaned label images. */
package io.github.transfuse.labels;
