/** The boundary to the native side: only JDK types and the records of this package cross it. */
package io.github.transfuse.engine;
