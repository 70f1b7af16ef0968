package io.github.transfuse.cli;

import io.github.transfuse.TransFuse;
import io.github.transfuse.export.BioimageModel;
import io.github.transfuse.model.ModelFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** {@code transfuse export}: writes a model for other programs. */
final class ExportCommand implements Subcommand {
    private static final String BIOIMAGE = "bioimageio";

    @Override
    public String name() {
        return "export";
    }

    @Override
    public String description() {
        return "Writes a model of planes as a package for bioimage.io, which Python programs run.";
    }

    @Override
    public List<String> examples() {
        return List.of("transfuse export --model nuclei --author \"Ada Example\" --output nuclei-bioimageio.zip");
    }

    @Override
    public void addOptions(CommandSpec spec) {
        spec.addOption(option("--model", "NAME|FOLDER", "Model to write.")
                .required(true)
                .build());
        spec.addOption(
                option("--output", "ZIP", "File to write.").required(true).build());
        spec.addOption(option("--format", "FORMAT", "The only one is " + BIOIMAGE + ", version 0.5 of bioimage.io.")
                .defaultValue(BIOIMAGE)
                .build());
        spec.addOption(option("--author", "NAME", "Who made the model; once for each.")
                .type(String[].class)
                .build());
        spec.addOption(option("--licence", "SPDX", "Licence of the weights, such as CC-BY-4.0. Default: the model's.")
                .build());
    }

    private static OptionSpec.Builder option(String name, String label, String help) {
        return OptionSpec.builder(name).paramLabel(label).type(String.class).description(help);
    }

    @Override
    public int run(ParseResult parsed, Terminal terminal) throws IOException {
        CommandLine commandLine = parsed.commandSpec().commandLine();
        if (!parsed.matchedOptionValue("--format", BIOIMAGE).equals(BIOIMAGE)) {
            throw new CommandLine.ParameterException(commandLine, "--format is " + BIOIMAGE + ".");
        }
        String output = parsed.matchedOptionValue("--output", "");
        if (!output.endsWith(".zip")) {
            throw new CommandLine.ParameterException(commandLine, "--output is the name of a zip, such as model.zip.");
        }
        ModelFolder model = TransFuse.models().resolve(parsed.matchedOptionValue("--model", ""));
        String licence =
                parsed.matchedOptionValue("--licence", model.spec().identity().licence());
        List<String> authors = List.of(parsed.matchedOptionValue("--author", new String[0]));
        BioimageModel.write(model, BioimageModel.About.now(authors, licence), Path.of(output));
        terminal.out().println("Wrote " + output + ". Test it with Python: bioimageio test " + output);
        return 0;
    }
}
