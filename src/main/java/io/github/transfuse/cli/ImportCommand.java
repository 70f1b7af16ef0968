package io.github.transfuse.cli;

import io.github.transfuse.model.ModelImport;
import io.github.transfuse.network.NetworkSpec;
import io.github.transfuse.network.Variant;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/** {@code transfuse import}: published weights become a model folder. */
final class ImportCommand implements Subcommand {
    @Override
    public String name() {
        return "import";
    }

    @Override
    public String description() {
        return "Makes a model folder from published weights (.pth or .safetensors). Nothing in the file is executed.";
    }

    @Override
    public List<String> examples() {
        return List.of("transfuse import published.pth --variant S --output my-model --align-corners false");
    }

    @Override
    public void addOptions(CommandSpec spec) {
        spec.addPositional(PositionalParamSpec.builder()
                .paramLabel("FILE")
                .type(Path.class)
                .arity("1")
                .index("0")
                .description("Weights of a whole TransFuse network.")
                .build());
        spec.addOption(OptionSpec.builder("--variant")
                .paramLabel("T|S|L|L384")
                .type(String.class)
                .required(true)
                .description("Size of the network.")
                .build());
        spec.addOption(OptionSpec.builder("--output")
                .paramLabel("FOLDER")
                .type(Path.class)
                .required(true)
                .description("Model folder to write.")
                .build());
        spec.addOption(OptionSpec.builder("--align-corners")
                .paramLabel("true|false")
                .type(String.class)
                .defaultValue("true")
                .description("How the last upsampling was trained: false for weights that the authors published in"
                        + " 2021, true for their code since August 2022. Default: true.")
                .build());
    }

    @Override
    public int run(ParseResult parsed, Terminal terminal) throws IOException {
        CommandLine commandLine = parsed.commandSpec().commandLine();
        Path output = parsed.matchedOptionValue("--output", Path.of(""));
        ModelImport.Imported imported = new ModelImport(variant(parsed, commandLine), aligned(parsed, commandLine))
                .run(parsed.matchedPositionalValue(0, Path.of("")), output);
        NetworkSpec network = imported.model().spec().network();
        terminal.out()
                .println("Imported variant " + network.variant().name() + " with " + network.channels()
                        + " channel(s) and " + network.classes() + " output(s), aligned corners: "
                        + network.alignCorners() + ", to " + output);
        if (!imported.ignored().isEmpty()) {
            terminal.out()
                    .println("Left out " + imported.ignored().size() + " tensor(s) that the network does not have: "
                            + String.join(
                                    ", ",
                                    imported.ignored()
                                            .subList(
                                                    0,
                                                    Math.min(
                                                            5,
                                                            imported.ignored().size()))));
        }
        terminal.out().println("Check input size, normalisation and classes in its model.json before you use it.");
        return 0;
    }

    private static Variant variant(ParseResult parsed, CommandLine commandLine) {
        try {
            return Variant.of(parsed.matchedOptionValue("--variant", ""));
        } catch (IllegalArgumentException e) {
            throw new CommandLine.ParameterException(commandLine, e.getMessage(), e);
        }
    }

    private static boolean aligned(ParseResult parsed, CommandLine commandLine) {
        String value = parsed.matchedOptionValue("--align-corners", "true").toLowerCase(Locale.ROOT);
        if (!value.equals("true") && !value.equals("false")) {
            throw new CommandLine.ParameterException(
                    commandLine, "--align-corners is true or false, not '" + value + "'.");
        }
        return Boolean.parseBoolean(value);
    }
}
