package io.github.transfuse.cli;

import io.github.transfuse.Version;
import io.github.transfuse.model.Spelling;
import io.github.transfuse.settings.SettingException;
import java.io.Console;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * The command line: {@code transfuse segment|train|evaluate|models|devices|engine|import|export|spark|bench}. Exit codes: 0 all good, 1
 * something failed, 2 bad usage.
 */
public final class Main {
    /** Something failed. */
    static final int FAILED = CommandLine.ExitCode.SOFTWARE;

    /** The command was called wrongly. */
    static final int USAGE = CommandLine.ExitCode.USAGE;

    private static final String VERBOSE = "--verbose";

    /** Options beyond which a list of them all in the first line of the help tells nobody anything. */
    private static final int MANY_OPTIONS = 9;

    /** Columns of a usual terminal, less what an example is indented. */
    private static final int EXAMPLE_WIDTH = 76;

    private Main() {}

    /** Runs a command and ends this process with its exit code. */
    public static void main(String[] args) {
        CommandLine commandLine = commandLine(isTerminal() ? Optional.of(System.err) : Optional.empty());
        System.exit(run(commandLine, writer(System.out), writer(System.err), args));
    }

    /** Whether somebody looks: newer versions of Java have a console without a terminal too. */
    @SuppressWarnings("SystemConsoleNull") // asked further where Java can be asked
    private static boolean isTerminal() {
        Console console = System.console();
        if (console == null) {
            return false;
        }
        try {
            return (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (ReflectiveOperationException e) {
            return true;
        }
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
        return run(commandLine(), out, err, args);
    }

    private static int run(CommandLine commandLine, PrintWriter out, PrintWriter err, String... args) {
        return commandLine.setOut(out).setErr(err).execute(withHyphens(args));
    }

    /** All commands, without touching the native side. */
    static CommandLine commandLine() {
        return commandLine(Optional.empty());
    }

    private static CommandLine commandLine(Optional<PrintStream> live) {
        CommandSpec spec = CommandSpec.create().name("transfuse").version("transfuse " + Version.current());
        spec.mixinStandardHelpOptions(true);
        spec.usageMessage()
                .description("Segments images and trains models with TransFuse, without Python.")
                .footer("", "Help for a command: transfuse COMMAND --help");
        for (Subcommand command : commands()) {
            spec.addSubcommand(command.name(), described(command));
        }
        CommandLine commandLine = new CommandLine(spec);
        commandLine.setExecutionStrategy(parsed -> execute(parsed, live));
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
                new EngineCommand(),
                new ImportCommand(),
                new ExportCommand(),
                new SparkCommand(),
                new BenchCommand());
    }

    private static CommandSpec described(Subcommand command) {
        CommandSpec spec = CommandSpec.wrapWithoutInspection(command);
        spec.mixinStandardHelpOptions(true).version("transfuse " + Version.current());
        command.addOptions(spec);
        if (command.computes()) {
            spec.addOption(Threads.option());
        }
        command.subcommands().forEach(below -> spec.addSubcommand(below.name(), described(below)));
        spec.usageMessage()
                .description(command.description())
                .footer(examples(command))
                .sortOptions(false)
                .abbreviateSynopsis(spec.options().size() > MANY_OPTIONS);
        spec.addOption(OptionSpec.builder(VERBOSE)
                .type(boolean.class)
                .description("Show where in the program a failure happened.")
                .build());
        return spec;
    }

    private static String[] examples(Subcommand command) {
        return Stream.concat(
                        Stream.of("", "Examples:"),
                        command.examples().stream().flatMap(example -> lines(example).stream()))
                .toArray(String[]::new);
    }

    /** Lines that can be copied into a shell, broken before options. */
    private static List<String> lines(String example) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String part : example.split(" (?=--)", -1)) {
            if (line.length() + part.length() + 3 > EXAMPLE_WIDTH) {
                lines.add("  " + line + " \\");
                line.setLength(0);
                line.append("   ");
            }
            line.append(line.isEmpty() ? "" : " ").append(part);
        }
        lines.add("  " + line);
        return lines;
    }

    private static int execute(CommandLine.ParseResult parsed, Optional<PrintStream> live) {
        Integer help = CommandLine.executeHelpRequest(parsed);
        if (help != null) {
            return help;
        }
        CommandLine.ParseResult last = parsed;
        while (last.hasSubcommand()) {
            last = last.subcommand();
        }
        CommandLine commandLine = last.commandSpec().commandLine();
        if (!(last.commandSpec().userObject() instanceof Subcommand command)
                || !command.subcommands().isEmpty()) {
            throw new CommandLine.ParameterException(commandLine, "Which command? " + commandNames(commandLine) + ".");
        }
        try {
            if (command.computes()) {
                Threads.obey(last);
            }
            return command.run(last, new Terminal(commandLine.getOut(), commandLine.getErr(), live, names(parsed)));
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
        Names names = names(parsed);
        commandLine.getErr().println("transfuse: " + names.within(Messages.of(cause)));
        if (verbose(parsed)) {
            commandLine.getErr().println(names.within(Messages.trace(cause)));
        }
        return FAILED;
    }

    private static Names names(CommandLine.ParseResult parsed) {
        return new Names(parsed.originalArgs());
    }

    private static boolean verbose(CommandLine.ParseResult parsed) {
        return parsed.expandedArgs().contains(VERBOSE);
    }

    private static int misused(CommandLine.ParameterException exception, String[] args) {
        CommandLine commandLine = exception.getCommandLine();
        String message = exception instanceof CommandLine.UnmatchedArgumentException unmatched
                ? unmatched(commandLine, unmatched.getUnmatched())
                : exception.getMessage();
        commandLine.getErr().println("transfuse: " + new Names(List.of(args)).within(message));
        commandLine.getErr().println("See: " + commandLine.getCommandSpec().qualifiedName() + " --help");
        return USAGE;
    }

    private static String unmatched(CommandLine commandLine, List<String> words) {
        String first = words.get(0);
        if (first.startsWith("-")) {
            Set<String> known = commandLine.getCommandSpec().optionsMap().keySet();
            return "There is no option " + first + "." + meant(first, known);
        }
        Set<String> commands = commandLine.getSubcommands().keySet();
        if (!commands.isEmpty()) {
            return "There is no command " + first + "." + meant(first, commands) + " There are "
                    + commandNames(commandLine) + ".";
        }
        return "'" + String.join("' '", words)
                + "': one too many. Several images are named by their folder, or by a pattern"
                + " in quotes, which the shell leaves alone, such as 'images/*.png'.";
    }

    private static String meant(String word, Set<String> known) {
        return Spelling.likely(word, known)
                .map(near -> " Did you mean " + near + "?")
                .orElse("");
    }

    private static String commandNames(CommandLine commandLine) {
        return String.join(", ", commandLine.getSubcommands().keySet());
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
