package io.github.transfuse.cli;

import io.github.transfuse.SettingException;
import io.github.transfuse.Spelling;
import io.github.transfuse.Version;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * The command line: {@code transfuse segment|train|evaluate|models|devices|import|bench}. Exit codes: 0 all good, 1 something failed, 2
 * bad usage.
 */
public final class Main {
    /** Something failed. */
    static final int FAILED = CommandLine.ExitCode.SOFTWARE;

    /** The command was called wrongly. */
    static final int USAGE = CommandLine.ExitCode.USAGE;

    private static final String VERBOSE = "--verbose";

    private Main() {}

    /** Runs a command and ends this process with its exit code. */
    public static void main(String[] args) {
        System.exit(run(writer(System.out), writer(System.err), args));
    }

    /** Writes in the encoding of the terminal, which need not be that of files. */
    private static PrintWriter writer(PrintStream stream) {
        String encoding = System.getProperty("stdout.encoding", System.getProperty("native.encoding", "UTF-8"));
        return new PrintWriter(new OutputStreamWriter(stream, Charset.forName(encoding)), true);
    }

    /**
     * Runs a command.
     *
     * @param out receives results
     * @param err receives messages
     * @return the exit code
     */
    public static int run(PrintWriter out, PrintWriter err, String... args) {
        return commandLine().setOut(out).setErr(err).execute(withHyphens(args));
    }

    /** All commands, without touching the native side. */
    static CommandLine commandLine() {
        CommandSpec spec = CommandSpec.create().name("transfuse").version("transfuse " + Version.current());
        spec.mixinStandardHelpOptions(true);
        spec.usageMessage()
                .description("Segments images and trains models with TransFuse, without Python.")
                .footer("", "Help for a command: transfuse COMMAND --help");
        for (Subcommand command : commands()) {
            spec.addSubcommand(command.name(), described(command));
        }
        CommandLine commandLine = new CommandLine(spec);
        commandLine.setExecutionStrategy(Main::execute);
        commandLine.setExecutionExceptionHandler(Main::failed);
        commandLine.setParameterExceptionHandler(Main::misused);
        return commandLine;
    }

    private static List<Subcommand> commands() {
        return List.of(
                new SegmentCommand(),
                new TrainCommand(),
                new EvaluateCommand(),
                new ModelsCommand(),
                new DevicesCommand(),
                new ImportCommand(),
                new BenchCommand());
    }

    private static CommandSpec described(Subcommand command) {
        CommandSpec spec = CommandSpec.wrapWithoutInspection(command);
        spec.mixinStandardHelpOptions(true).version("transfuse " + Version.current());
        spec.usageMessage().description(command.description());
        spec.usageMessage().footer(examples(command));
        command.addOptions(spec);
        spec.addOption(OptionSpec.builder(VERBOSE)
                .type(boolean.class)
                .description("Show where in the program a failure happened.")
                .build());
        return spec;
    }

    private static String[] examples(Subcommand command) {
        return Stream.concat(
                        Stream.of("", "Examples:"), command.examples().stream().map(example -> "  " + example))
                .toArray(String[]::new);
    }

    private static int execute(CommandLine.ParseResult parsed) {
        Integer help = CommandLine.executeHelpRequest(parsed);
        if (help != null) {
            return help;
        }
        CommandLine.ParseResult last = parsed;
        while (last.hasSubcommand()) {
            last = last.subcommand();
        }
        CommandLine commandLine = last.commandSpec().commandLine();
        if (!(last.commandSpec().userObject() instanceof Subcommand command)) {
            throw new CommandLine.ParameterException(commandLine, "Which command?");
        }
        try {
            return command.run(last, new Terminal(commandLine.getOut(), commandLine.getErr()));
        } catch (CommandLine.ParameterException e) {
            throw e;
        } catch (SettingException e) {
            throw new CommandLine.ParameterException(commandLine, e.getMessage(), e);
        } catch (Exception e) {
            throw new CommandLine.ExecutionException(commandLine, Messages.of(e), e);
        }
    }

    private static int failed(Exception exception, CommandLine commandLine, CommandLine.ParseResult parsed) {
        Throwable cause = exception instanceof CommandLine.ExecutionException && exception.getCause() != null
                ? exception.getCause()
                : exception;
        commandLine.getErr().println("transfuse: " + Messages.of(cause));
        if (verbose(parsed)) {
            commandLine.getErr().println(Messages.trace(cause));
        }
        return FAILED;
    }

    private static boolean verbose(CommandLine.ParseResult parsed) {
        return parsed.expandedArgs().contains(VERBOSE);
    }

    private static int misused(CommandLine.ParameterException exception, String[] args) {
        CommandLine commandLine = exception.getCommandLine();
        commandLine.getErr().println("transfuse: " + exception.getMessage() + suggestion(exception));
        commandLine.getErr().println("See: " + commandLine.getCommandSpec().qualifiedName() + " --help");
        return USAGE;
    }

    private static String suggestion(CommandLine.ParameterException exception) {
        if (exception instanceof CommandLine.UnmatchedArgumentException unmatched && unmatched.isUnknownOption()) {
            String given = unmatched.getUnmatched().get(0);
            Set<String> known =
                    exception.getCommandLine().getCommandSpec().optionsMap().keySet();
            return ". Did you mean " + Spelling.nearest(given, known) + "?";
        }
        return "";
    }

    /** Underscores, as in macros, are understood in the names of options. */
    private static String[] withHyphens(String... args) {
        return Arrays.stream(args).map(Main::withHyphens).toArray(String[]::new);
    }

    private static String withHyphens(String arg) {
        int end = arg.indexOf('=') < 0 ? arg.length() : arg.indexOf('=');
        return arg.startsWith("--") ? arg.substring(0, end).replace('_', '-') + arg.substring(end) : arg;
    }
}
