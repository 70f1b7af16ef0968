package io.github.transfuse.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;

/** A command that is disturbed: what lies in its output folder before, and what must lie there afterwards. */
interface FaultedCommand {

    /** What is disturbed, for people. */
    String title();

    /** Whether every event is tried with every fault where there is time, and not only some. */
    default boolean isTriedEverywhere() {
        return false;
    }

    /** Whether it takes seconds, so that every build tries it. */
    default boolean isQuick() {
        return true;
    }

    /** Where it writes. */
    Path output();

    /** An earlier run of the same command, with another result; empty if there was none. */
    String[] earlier();

    /** The command itself. */
    String[] command();

    /** The command that somebody would give after a failure, whose results must be those of the command undisturbed. */
    default String[] next() {
        return command();
    }

    /** Words of which one must be in the message of a failure: names of what could not be written. */
    default Set<String> names() {
        return Set.of(output().getFileName() + ":");
    }

    /** What the files say, without what differs between two runs that give the same. */
    default Map<String, String> contents(String passedOver) throws IOException {
        return ResultContents.of(output(), passedOver);
    }

    /**
     * The files that are results: all of them are the earlier ones or all are the new ones. Of others, such as the history of a
     * training that is under way, only the names are known.
     */
    default boolean isResult(String name) {
        return true;
    }

    /** Files that may be there beside the results when a failure has left them, to go on from. */
    default Set<String> others() {
        return Set.of();
    }

    /** Whether a command that ended well may lack a new file that is no result, because it said so. */
    default boolean mayLack(String said) {
        return false;
    }
}
