package io.github.transfuse.cli;

import io.github.transfuse.TransFuse;
import io.github.transfuse.engine.CudaCheck;
import io.github.transfuse.engine.Device;
import io.github.transfuse.engine.DeviceInfo;
import io.github.transfuse.engine.EngineFiles;
import io.github.transfuse.engine.EngineStatus;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/** {@code transfuse engine}: which PyTorch is on this computer; fetches and removes it, for the processor or for GPUs. */
final class EngineCommand implements Subcommand {
    private static final double MEGABYTE = 1e6;
    private static final String GPU = "--gpu";

    @Override
    public String name() {
        return "engine";
    }

    @Override
    public String description() {
        return "Tells which PyTorch is here, fetches and removes it.";
    }

    @Override
    public List<String> examples() {
        return List.of(
                "transfuse engine",
                "transfuse engine status --gpu",
                "transfuse engine install --gpu",
                "transfuse engine remove --gpu");
    }

    @Override
    public void addOptions(CommandSpec spec) {
        spec.addPositional(PositionalParamSpec.builder()
                .paramLabel("status|install|remove")
                .type(String.class)
                .arity("0..1")
                .index("0")
                .description("What to do. Default: status.")
                .build());
        spec.addOption(OptionSpec.builder(GPU)
                .type(boolean.class)
                .description("PyTorch for NVIDIA GPUs, instead of the one for the processor.")
                .build());
    }

    @Override
    public int run(ParseResult parsed, Terminal terminal) throws IOException {
        String action = parsed.matchedPositionalValue(0, "status");
        boolean gpu = parsed.matchedOptionValue(GPU, false);
        switch (action) {
            case "status" -> EngineStatus.lines(gpu).forEach(terminal.out()::println);
            case "install" -> install(gpu, terminal);
            case "remove" -> remove(EngineFiles.standard(gpu), terminal);
            default ->
                throw new CommandLine.ParameterException(
                        parsed.commandSpec().commandLine(),
                        "There is no '" + action + "'. There are status, install and remove.");
        }
        return 0;
    }

    private static void install(boolean gpu, Terminal terminal) {
        EngineFiles files = EngineFiles.standard(gpu);
        long bytes = files.missingBytes();
        if (gpu) {
            CudaCheck.standard().obstacles().forEach(line -> terminal.err().println("Not ready: " + line));
        }
        if (bytes > 0) {
            terminal.out().printf(Locale.ROOT, "Fetching %.0f MB into %s%n", bytes / MEGABYTE, files.folder());
        }
        DownloadLine line = new DownloadLine(terminal);
        files.install(line);
        line.end();
        EngineStatus.lines(gpu).forEach(terminal.out()::println);
        if (gpu) {
            TransFuse.devices().stream()
                    .filter(device -> device.device().kind() == Device.Kind.CUDA)
                    .forEach(device -> terminal.out().println(tried(device)));
        }
    }

    private static String tried(DeviceInfo device) {
        String reason = device.reason().isEmpty() ? "" : ": " + device.reason();
        return device.available()
                ? "Tried: " + device.device() + " computes."
                : "Tried: " + device.device() + " does not compute" + reason + ". Networks run on the processor.";
    }

    private static void remove(EngineFiles files, Terminal terminal) throws IOException {
        List<Path> removed = files.remove();
        removed.forEach(path -> terminal.out().println("Removed " + path));
        if (removed.isEmpty()) {
            terminal.out().println("There is nothing to remove in " + files.folder());
        }
        files.others().forEach(path -> terminal.out().println("Left, as it is not ours: " + path));
    }
}
