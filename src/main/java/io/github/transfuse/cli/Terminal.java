package io.github.transfuse.cli;

import java.io.PrintWriter;

/**
 * Where a command writes.
 *
 * @param out results
 * @param err messages
 */
record Terminal(PrintWriter out, PrintWriter err) {}
