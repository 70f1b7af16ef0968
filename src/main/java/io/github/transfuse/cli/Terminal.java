package io.github.transfuse.cli;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.util.Optional;

/**
 * Where a command writes.
 *
 * @param out results
 * @param err messages
 * @param live what somebody looks at while it changes, if there is such a thing
 * @param names how paths are shown
 */
record Terminal(PrintWriter out, PrintWriter err, Optional<PrintStream> live, Names names) {}
