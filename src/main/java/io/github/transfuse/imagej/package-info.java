/** The ImageJ and Fiji host. */
package io.github.transfuse.imagej;
