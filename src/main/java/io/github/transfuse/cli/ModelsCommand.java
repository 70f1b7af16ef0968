package io.github.transfuse.cli;

import io.github.transfuse.TransFuse;
import io.github.transfuse.model.ModelCatalogue;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code transfuse models}: which models can be asked for by name. */
final class ModelsCommand implements Subcommand {
    @Override
    public String name() {
        return "models";
    }

    @Override
    public String description() {
        return "Lists the models that can be asked for by name.";
    }

    @Override
    public List<String> examples() {
        return List.of("transfuse models");
    }

    @Override
    public void addOptions(CommandSpec spec) {
        // has none
    }

    @Override
    public int run(ParseResult parsed, Terminal terminal) throws IOException {
        ModelCatalogue catalogue = TransFuse.models();
        for (ModelCatalogue.Entry model : catalogue.entries()) {
            terminal.out()
                    .printf(
                            Locale.ROOT,
                            "%-20s %-9s %-4s %s%n",
                            model.name(),
                            model.source().name().toLowerCase(Locale.ROOT),
                            model.spec().network().variant().name(),
                            model.spec().identity().title());
        }
        catalogue.problems().forEach(problem -> terminal.err().println("transfuse: " + problem));
        terminal.out().println("Models of your own are found in " + ModelCatalogue.userFolder());
        return 0;
    }
}
