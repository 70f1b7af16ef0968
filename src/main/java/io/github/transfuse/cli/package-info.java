/** The command line host. */
package io.github.transfuse.cli;
