package io.github.transfuse.cli;

import io.github.transfuse.SampleImage;
import io.github.transfuse.TransFuse;
import io.github.transfuse.batch.BatchRun;
import io.github.transfuse.settings.Keys;
import io.github.transfuse.settings.SettingException;
import io.github.transfuse.settings.Settings;
import io.github.transfuse.settings.Task;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
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
    public boolean computes() {
        return true;
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
            BatchRun.Report report = run(run, terminal);
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

    private static BatchRun.Report run(BatchRun run, Terminal terminal) throws IOException {
        try (FileProgress progress = new FileProgress(run.inputs().size(), terminal.live(), System::nanoTime);
                StoppedRun stopped = new StoppedRun(terminal.err(), progress::stopped)) {
            return run.run(new SegmentLines(terminal, progress));
        }
    }

    /** What the options say, with an input and an output. */
    static Settings settings(ParseResult parsed) throws IOException {
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
}
