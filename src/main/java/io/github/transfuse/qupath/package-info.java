/** The QuPath host. */
package io.github.transfuse.qupath;
