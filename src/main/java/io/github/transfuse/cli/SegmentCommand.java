package io.github.transfuse.cli;

import io.github.transfuse.SampleImage;
import io.github.transfuse.Segmentation;
import io.github.transfuse.TransFuse;
import io.github.transfuse.batch.BatchListener;
import io.github.transfuse.batch.BatchRun;
import io.github.transfuse.settings.Keys;
import io.github.transfuse.settings.SettingException;
import io.github.transfuse.settings.Settings;
import io.github.transfuse.settings.Task;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/** {@code transfuse segment}: images become label images. */
final class SegmentCommand implements Subcommand {
    private static final String SAMPLE = "--sample";
    private static final String SAMPLE_FOLDER = "transfuse-sample";

    @Override
    public String name() {
        return "segment";
    }

    @Override
    public String description() {
        return "Segments images: writes STEM-labels.tif and STEM-labels.json for each.";
    }

    @Override
    public List<String> examples() {
        return List.of(
                "transfuse segment --sample",
                "transfuse segment --input photo.jpg --output results --overlay",
                "transfuse segment --model nuclei --input 'plates/*.tif' --output results --min-size 20",
                "transfuse segment --model my-model --input images --output results --probabilities --device cpu");
    }

    @Override
    public void addOptions(CommandSpec spec) {
        SettingOptions.add(spec, Task.SEGMENT);
        spec.addOption(OptionSpec.builder(SAMPLE)
                .type(boolean.class)
                .description("Segment a picture that comes with the program, into the folder " + SAMPLE_FOLDER + ".")
                .build());
        spec.addPositional(PositionalParamSpec.builder()
                .paramLabel("IMAGE")
                .type(String.class)
                .arity("0..1")
                .index("0")
                .description("The same as --input.")
                .build());
    }

    @Override
    public int run(ParseResult parsed, Terminal terminal) throws IOException {
        Settings settings = settings(parsed);
        try (TransFuse model = TransFuse.load(settings)) {
            BatchRun run = BatchRun.of(model);
            BatchRun.Report report = run.run(new Lines(terminal, new HashSet<>()));
            long failed = report.failed();
            if (run.inputs().size() > 1 || failed > 0) {
                terminal.out()
                        .printf(
                                Locale.ROOT,
                                "%d segmented, %s%d failed in %.1f s; the network computed %.0f %% of the time%n",
                                report.done(),
                                report.kept() == 0 ? "" : report.kept() + " kept, ",
                                failed,
                                report.seconds(),
                                100 * report.computing());
            }
            return failed == 0 ? 0 : Main.FAILED;
        }
    }

    private static Settings settings(ParseResult parsed) throws IOException {
        Settings settings = SettingOptions.read(parsed, Task.SEGMENT);
        if (parsed.hasMatchedPositional(0)) {
            if (settings.isGiven(Keys.INPUT)) {
                throw new SettingException(
                        "input is given twice: as --input and as '" + parsed.matchedPositionalValue(0, "")
                                + "'. If the shell made several names of a pattern, put it in quotes: --input 'images/*.png'.");
            }
            settings = settings.with(Keys.INPUT, parsed.matchedPositionalValue(0, ""));
        }
        if (parsed.hasMatchedOption(SAMPLE)) {
            if (settings.isGiven(Keys.INPUT)) {
                throw new SettingException("Give --sample or an input, not both.");
            }
            Settings chosen =
                    settings.isGiven(Keys.OUTPUT) ? settings : settings.with(Keys.OUTPUT, Path.of(SAMPLE_FOLDER));
            Path folder = chosen.folder(Keys.OUTPUT);
            return chosen.with(Keys.INPUT, SampleImage.MOLE.copyTo(folder).toString())
                    .with(Keys.OVERLAY, true);
        }
        if (!settings.isGiven(Keys.INPUT)) {
            throw new SettingException(
                    "input is missing: give an image, a folder or a pattern, or --sample to try it out.");
        }
        if (!settings.isGiven(Keys.OUTPUT)) {
            throw new SettingException("output is missing: give a folder for the results.");
        }
        return settings;
    }

    /**
     * A line for each file; a note that goes for many files is told once.
     *
     * @param told notes so far
     */
    private record Lines(Terminal terminal, Set<String> told) implements BatchListener {
        @Override
        public void done(Path input, Segmentation result, List<Path> written) {
            List<String> facts = new ArrayList<>();
            result.objects().ifPresent(count -> facts.add(count + " objects"));
            facts.add(String.format(Locale.ROOT, "%.1f s", result.statistics().seconds()));
            facts.add(result.statistics().device() + " " + result.statistics().precision());
            terminal.out().println(Messages.name(input) + " (" + String.join(", ", facts) + ")");
            written.forEach(file -> terminal.out().println("  " + Messages.name(file)));
            result.provenance().notes().stream().filter(told::add).forEach(note -> terminal.err()
                    .println("  note: " + note));
        }

        @Override
        public void kept(Path input, Path labels) {
            terminal.out().println(Messages.name(input) + " (kept: nothing has changed)");
            terminal.out().println("  " + Messages.name(labels));
        }

        @Override
        public void again(Path input, String reason) {
            terminal.err().println("note: " + Messages.name(input) + " is segmented again: " + reason + ".");
        }

        @Override
        public void note(String sentence) {
            terminal.err().println("note: " + sentence);
        }

        @Override
        public void failed(Path input, Throwable cause) {
            String message = Messages.of(cause);
            boolean named = message.contains(input.getFileName().toString());
            terminal.err().println("transfuse: " + (named ? "" : Messages.name(input) + ": ") + message);
        }
    }
}
