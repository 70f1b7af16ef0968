package io.github.transfuse.cli;

import com.google.gson.JsonObject;
import io.github.transfuse.bench.Benchmark;
import io.github.transfuse.bench.ImageBenchmark;
import io.github.transfuse.bench.TilingBenchmark;
import io.github.transfuse.bench.TrainingBenchmark;
import io.github.transfuse.engine.Device;
import io.github.transfuse.engine.LayerProfile;
import io.github.transfuse.network.Variant;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** {@code transfuse bench}: how fast networks are on this computer, and where the time goes. */
final class BenchCommand implements Subcommand {
    private static final Pattern SIZE = Pattern.compile("(\\d{2,6})x(\\d{2,6})");

    @Override
    public String name() {
        return "bench";
    }

    @Override
    public String description() {
        return "Measures how fast a network predicts here, beside the same network as trained (eager float32).";
    }

    @Override
    public List<String> examples() {
        return List.of(
                "transfuse bench",
                "transfuse bench --variant S --size 192x256,352x352 --json",
                "transfuse bench --size 352x352 --torchscript other.pt",
                "transfuse bench --layers --precision bf16",
                "transfuse bench --device cuda:0 --batch-size 8",
                "transfuse bench --training --size 192x192 --batch-size 16",
                "transfuse bench --image 4000x3000",
                "transfuse bench --tiling nuclei --images images --masks masks");
    }

    @Override
    public void addOptions(CommandSpec spec) {
        spec.addOption(text("--variant", "T|S|L|L384", "T", "Size of the network; random weights."));
        spec.addOption(text("--device", "DEVICE", "cpu", "Where to compute: cpu, cuda:0 or mps."));
        spec.addOption(text("--size", "HxW", "192x256,352x352", "Image sizes, separated by commas."));
        spec.addOption(text("--batch-size", "N", "1", "Images per call."));
        spec.addOption(text("--threads", "N", "0", "Threads of an operation; 0: one per core."));
        spec.addOption(text("--rounds", "N", "10", "Timed calls of each form."));
        spec.addOption(text("--precision", "FORMAT", "auto", "Number format for --layers and --image."));
        spec.addOption(
                optional(
                        "--torchscript",
                        "FILE",
                        "A TorchScript file to time beside, for images of three channels. It holds a program: open only what you trust."));
        spec.addOption(
                optional("--image", "WxH", "Time and memory of segmenting an image of this size by tiles instead."));
        spec.addOption(optional(
                "--tiling", "MODEL", "Which tiles keep the score of this model, by images and masks, instead."));
        spec.addOption(optional("--images", "DIR", "Images for --tiling, larger than a tile."));
        spec.addOption(optional("--masks", "DIR", "Their masks."));
        spec.addOption(flag("--training", "Speed of training steps instead."));
        spec.addOption(flag("--layers", "Where the time of a prediction goes instead."));
        spec.addOption(flag("--json", "Print JSON and nothing else."));
    }

    private static OptionSpec text(String name, String label, String value, String help) {
        return OptionSpec.builder(name)
                .paramLabel(label)
                .type(String.class)
                .defaultValue(value)
                .description(help + " Default: " + value + ".")
                .build();
    }

    private static OptionSpec optional(String name, String label, String help) {
        return OptionSpec.builder(name)
                .paramLabel(label)
                .type(String.class)
                .description(help)
                .build();
    }

    private static OptionSpec flag(String name, String help) {
        return OptionSpec.builder(name).type(boolean.class).description(help).build();
    }

    @Override
    public int run(ParseResult parsed, Terminal terminal) throws IOException {
        Request request = new Request(parsed);
        BenchTable table = new BenchTable(terminal, parsed.hasMatchedOption("--json"));
        if (parsed.hasMatchedOption("--tiling")) {
            tiling(request, table, terminal);
        } else if (parsed.hasMatchedOption("--image")) {
            image(request, table);
        } else if (parsed.hasMatchedOption("--training")) {
            training(request, table);
        } else if (parsed.hasMatchedOption("--layers")) {
            layers(request, table);
        } else {
            predictions(request, table);
        }
        table.finish();
        return 0;
    }

    private static void predictions(Request request, BenchTable table) throws IOException {
        for (Benchmark benchmark : request.benchmarks()) {
            for (Benchmark.Row row : benchmark.run()) {
                JsonObject json = BenchRows.of(benchmark);
                BenchRows.add(json, row);
                table.add(json);
            }
        }
    }

    private static void layers(Request request, BenchTable table) throws IOException {
        for (Benchmark benchmark : request.benchmarks()) {
            LayerProfile profile = benchmark.profile(request.option("--precision"));
            BenchRows.of(benchmark, profile).forEach(table::add);
        }
    }

    private static void training(Request request, BenchTable table) throws IOException {
        for (int[] size : request.sizes("--size")) {
            TrainingBenchmark benchmark = new TrainingBenchmark(request.variant(), size[0], size[1], request.load());
            for (TrainingBenchmark.Row row : benchmark.run()) {
                table.add(BenchRows.of(benchmark, row));
            }
        }
    }

    private static void tiling(Request request, BenchTable table, Terminal terminal) throws IOException {
        TilingBenchmark benchmark = request.tiling();
        List<TilingBenchmark.Row> rows;
        try {
            rows = benchmark.run(row -> table.add(BenchRows.of(benchmark, row)));
        } catch (IllegalArgumentException e) {
            throw request.usage(e.getMessage());
        }
        TilingBenchmark.best(rows).ifPresent(best -> terminal.err()
                .println("The fastest that keeps the score and shows no seams: --tile-size " + BenchRows.tile(best)
                        + " --overlap " + best.overlap()));
    }

    private static void image(Request request, BenchTable table) throws IOException {
        for (int[] size : request.sizes("--image")) {
            ImageBenchmark benchmark =
                    new ImageBenchmark(size[0], size[1], request.option("--device"), request.option("--precision"));
            table.add(BenchRows.of(benchmark, benchmark.run()));
        }
    }

    /** What was asked for; wrong values are bad usage. */
    private record Request(ParseResult parsed) {

        List<Benchmark> benchmarks() {
            List<Benchmark> benchmarks = new ArrayList<>();
            Optional<Path> script = Optional.ofNullable(option("--torchscript")).map(Path::of);
            for (int[] size : sizes("--size")) {
                benchmarks.add(checked(() -> new Benchmark(variant(), size[0], size[1], load(), script)));
            }
            return benchmarks;
        }

        Benchmark.Load load() {
            return checked(() -> new Benchmark.Load(
                    Device.of(option("--device")), number("--batch-size"), number("--threads"), number("--rounds")));
        }

        Variant variant() {
            return checked(() -> Variant.of(option("--variant")));
        }

        TilingBenchmark tiling() {
            if (option("--images") == null || option("--masks") == null) {
                throw usage("--tiling needs --images and --masks.");
            }
            return new TilingBenchmark(option("--tiling"), Path.of(option("--images")), Path.of(option("--masks")));
        }

        List<int[]> sizes(String option) {
            List<int[]> sizes = new ArrayList<>();
            for (String size : option(option).split(",", -1)) {
                Matcher matcher = SIZE.matcher(size.trim());
                if (!matcher.matches()) {
                    throw usage(option + " is two numbers, such as 352x352, not '" + size + "'.");
                }
                sizes.add(new int[] {Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2))});
            }
            return sizes;
        }

        String option(String name) {
            return parsed.matchedOptionValue(
                    name, parsed.commandSpec().findOption(name).defaultValue());
        }

        int number(String name) {
            String value = option(name);
            try {
                return Integer.parseInt(value);
            } catch (NumberFormatException e) {
                throw usage(name + " is a whole number, not '" + value + "'.");
            }
        }

        <T> T checked(Supplier<T> made) {
            try {
                return made.get();
            } catch (IllegalArgumentException e) {
                throw usage(e.getMessage());
            }
        }

        private CommandLine.ParameterException usage(String message) {
            return new CommandLine.ParameterException(parsed.commandSpec().commandLine(), message);
        }
    }
}
