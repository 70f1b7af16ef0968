package io.github.transfuse.cli;

import io.github.transfuse.engine.NetworkOptions;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** {@code --threads}: how many threads a network computes with, at most. */
final class Threads {
    private static final String NAME = "--threads";

    private Threads() {}

    static OptionSpec option() {
        return OptionSpec.builder(NAME)
                .paramLabel("N")
                .type(Integer.class)
                .description("Threads of the network, at most. Default: one per core; fewer where OMP_NUM_THREADS or"
                        + " SLURM_CPUS_PER_TASK say so.")
                .build();
    }

    /**
     * Does what a command line asks.
     *
     * @throws ParameterException for less than one thread
     */
    static void obey(ParseResult parsed) {
        Integer threads = parsed.matchedOptionValue(NAME, null);
        if (threads == null) {
            return;
        }
        if (threads < 1) {
            throw new ParameterException(
                    parsed.commandSpec().commandLine(),
                    NAME + " is " + threads + ", but a network needs at least one thread.");
        }
        // read when PyTorch is opened; so the option is obeyed by the first command of a process
        System.setProperty(NetworkOptions.THREADS, Integer.toString(threads));
    }
}
