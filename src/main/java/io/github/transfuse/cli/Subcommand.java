package io.github.transfuse.cli;

import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** One command of the command line. */
interface Subcommand {
    /** As typed. */
    String name();

    /** One line for the list of commands. */
    String description();

    /** Command lines that work. */
    List<String> examples();

    /** Whether a network computes, so that the number of its threads can be chosen. */
    default boolean computes() {
        return false;
    }

    /** Declares options and parameters. */
    void addOptions(CommandSpec spec);

    /** Commands below this one; such a command does nothing without one of them. */
    default List<Subcommand> subcommands() {
        return List.of();
    }

    /**
     * Does the work.
     *
     * @return the exit code
     * @throws Exception whose message says what happened, where, and what to do
     */
    int run(ParseResult parsed, Terminal terminal) throws Exception;
}
