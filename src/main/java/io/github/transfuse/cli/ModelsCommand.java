package io.github.transfuse.cli;

import io.github.transfuse.TransFuse;
import io.github.transfuse.model.ModelCatalogue;
import io.github.transfuse.model.ModelFolder;
import io.github.transfuse.model.ModelIndex;
import io.github.transfuse.model.ModelLibrary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/** {@code transfuse models}: which models can be asked for by name; installs, removes and packs them. */
final class ModelsCommand implements Subcommand {
    private static final double MEGABYTE = 1e6;

    @Override
    public String name() {
        return "models";
    }

    @Override
    public String description() {
        return "Lists the models that can be asked for by name, installs and removes them.";
    }

    @Override
    public List<String> examples() {
        return List.of(
                "transfuse models",
                "transfuse models show nuclei",
                "transfuse models pack nuclei nuclei.zip",
                "transfuse models install nuclei.zip --name my-nuclei",
                "transfuse models remove my-nuclei");
    }

    @Override
    public void addOptions(CommandSpec spec) {
        spec.addPositional(PositionalParamSpec.builder()
                .paramLabel("list|show|install|remove|pack")
                .type(String.class)
                .arity("0..1")
                .index("0")
                .description("What to do. Default: list.")
                .build());
        spec.addPositional(PositionalParamSpec.builder()
                .paramLabel("MODEL")
                .type(String.class)
                .arity("0..1")
                .index("1")
                .description("Name of a model; for install also a folder, a zip, or the address of a zip.")
                .build());
        spec.addPositional(PositionalParamSpec.builder()
                .paramLabel("ZIP")
                .type(Path.class)
                .arity("0..1")
                .index("2")
                .description("For pack: the zip to write.")
                .build());
        spec.addOption(option("--name", "NAME", "For install: the name to ask for the model by."));
        spec.addOption(option("--sha256", "HEX", "For install: the checksum that a fetched zip must have."));
    }

    private static OptionSpec option(String name, String label, String help) {
        return OptionSpec.builder(name)
                .paramLabel(label)
                .type(String.class)
                .description(help)
                .build();
    }

    @Override
    public int run(ParseResult parsed, Terminal terminal) throws IOException {
        String action = parsed.matchedPositionalValue(0, "list");
        switch (action) {
            case "list" -> list(terminal);
            case "show" ->
                terminal.out().print(TransFuse.models().resolve(model(parsed)).card());
            case "install" -> install(parsed, terminal);
            case "remove" ->
                terminal.out().println("Removed " + ModelLibrary.standard().remove(model(parsed)));
            case "pack" -> pack(parsed, terminal);
            default -> throw usage(parsed, "There is no '" + action + "': list, show, install, remove or pack.");
        }
        return 0;
    }

    private static void list(Terminal terminal) throws IOException {
        ModelCatalogue catalogue = TransFuse.models();
        for (ModelCatalogue.Entry model : catalogue.entries()) {
            row(
                    terminal,
                    model.name(),
                    model.source().name().toLowerCase(Locale.ROOT),
                    model.spec().network().variant().name(),
                    model.spec().identity().title());
        }
        catalogue.problems().forEach(problem -> terminal.err().println("transfuse: " + problem));
        Optional<ModelIndex> index = ModelIndex.standard();
        for (ModelIndex.Entry model : index.map(ModelIndex::entries).orElse(List.of())) {
            String more = String.format(
                    Locale.ROOT, "%s (%.0f MB, %s)", model.title(), model.bytes() / MEGABYTE, model.licence());
            row(terminal, model.name(), "to install", "", more);
        }
        terminal.out().println("Models of your own are found in " + ModelCatalogue.userFolder());
    }

    private static void row(Terminal terminal, String name, String source, String variant, String title) {
        terminal.out().printf(Locale.ROOT, "%-20s %-10s %-4s %s%n", name, source, variant, title);
    }

    private static void install(ParseResult parsed, Terminal terminal) throws IOException {
        ModelFolder installed = ModelLibrary.standard()
                .install(
                        model(parsed),
                        Optional.ofNullable(parsed.matchedOptionValue("--name", null)),
                        Optional.ofNullable(parsed.matchedOptionValue("--sha256", null)),
                        Thread.currentThread()::isInterrupted);
        terminal.out()
                .println("Installed in " + installed.path() + ". Ask for it by: --model "
                        + installed.path().getFileName());
    }

    private static void pack(ParseResult parsed, Terminal terminal) throws IOException {
        Path zip = parsed.matchedPositionalValue(2, null);
        if (zip == null || !zip.toString().toLowerCase(Locale.ROOT).endsWith(".zip")) {
            throw usage(parsed, "pack needs the name of a zip behind the model, such as model.zip.");
        }
        ModelLibrary.standard().pack(model(parsed), zip);
        terminal.out()
                .printf(
                        Locale.ROOT,
                        "Wrote %s (%.1f MB). Others install it by: transfuse models install %s%n",
                        zip,
                        Files.size(zip) / MEGABYTE,
                        zip.getFileName());
    }

    private static String model(ParseResult parsed) {
        String model = parsed.matchedPositionalValue(1, "");
        if (model.isBlank()) {
            throw usage(parsed, "Name a model behind " + parsed.matchedPositionalValue(0, "") + ".");
        }
        return model;
    }

    private static CommandLine.ParameterException usage(ParseResult parsed, String message) {
        return new CommandLine.ParameterException(parsed.commandSpec().commandLine(), message);
    }
}
