/** Curves, previews and report pages that every host shows. */
package io.github.transfuse.view;
