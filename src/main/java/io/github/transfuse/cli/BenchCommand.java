package io.github.transfuse.cli;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.github.transfuse.Benchmark;
import io.github.transfuse.model.Variant;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** {@code transfuse bench}: how fast networks predict on this computer. */
final class BenchCommand implements Subcommand {
    private static final Pattern SIZE = Pattern.compile("(\\d{2,5})x(\\d{2,5})");

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
        return List.of("transfuse bench", "transfuse bench --variant S --size 192x256,352x352 --json");
    }

    @Override
    public void addOptions(CommandSpec spec) {
        spec.addOption(text("--variant", "T|S|L|L384", "T", "Size of the network; random weights."));
        spec.addOption(text("--size", "HxW", "192x256,352x352", "Image sizes, separated by commas."));
        spec.addOption(text("--batch-size", "N", "1", "Images per call."));
        spec.addOption(text("--threads", "N", "0", "Threads of an operation; 0: one per core."));
        spec.addOption(text("--rounds", "N", "10", "Timed calls of each form."));
        spec.addOption(OptionSpec.builder("--json")
                .type(boolean.class)
                .description("Print JSON and nothing else.")
                .build());
    }

    private static OptionSpec text(String name, String label, String value, String help) {
        return OptionSpec.builder(name)
                .paramLabel(label)
                .type(String.class)
                .defaultValue(value)
                .description(help + " Default: " + value + ".")
                .build();
    }

    @Override
    public int run(ParseResult parsed, Terminal terminal) throws IOException {
        boolean json = parsed.hasMatchedOption("--json");
        List<Benchmark> benchmarks = benchmarks(parsed);
        if (!json) {
            terminal.out().println(Benchmark.processor());
            terminal.out()
                    .println("device  threads  variant  size      precision      ms/image  images/s  ratio  peak MB"
                            + "  max difference");
        }
        JsonArray rows = new JsonArray();
        for (Benchmark benchmark : benchmarks) {
            for (Benchmark.Row row : benchmark.run()) {
                rows.add(json(benchmark, row));
                if (!json) {
                    terminal.out().println(line(benchmark, row));
                }
            }
        }
        if (json) {
            JsonObject all = new JsonObject();
            all.addProperty("processor", Benchmark.processor());
            all.add("rows", rows);
            terminal.out().println(all);
        }
        return 0;
    }

    private static List<Benchmark> benchmarks(ParseResult parsed) {
        try {
            List<Benchmark> benchmarks = new ArrayList<>();
            Variant variant = Variant.of(option(parsed, "--variant"));
            for (String size : option(parsed, "--size").split(",", -1)) {
                Matcher matcher = SIZE.matcher(size.trim());
                if (!matcher.matches()) {
                    throw new IllegalArgumentException("--size is HEIGHTxWIDTH, such as 352x352, not '" + size + "'.");
                }
                benchmarks.add(new Benchmark(
                        variant,
                        Integer.parseInt(matcher.group(1)),
                        Integer.parseInt(matcher.group(2)),
                        number(parsed, "--batch-size"),
                        number(parsed, "--threads"),
                        number(parsed, "--rounds")));
            }
            return benchmarks;
        } catch (IllegalArgumentException e) {
            throw new CommandLine.ParameterException(parsed.commandSpec().commandLine(), e.getMessage(), e);
        }
    }

    private static String option(ParseResult parsed, String name) {
        return parsed.matchedOptionValue(
                name, parsed.commandSpec().findOption(name).defaultValue());
    }

    private static int number(ParseResult parsed, String name) {
        String value = option(parsed, name);
        try {
            return Integer.parseInt(value);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(name + " is a whole number, not '" + value + "'.", e);
        }
    }

    private static int threads(Benchmark benchmark) {
        return benchmark.threads() > 0
                ? benchmark.threads()
                : Runtime.getRuntime().availableProcessors();
    }

    private static String line(Benchmark benchmark, Benchmark.Row row) {
        return String.format(
                Locale.ROOT,
                "%-6s  %7d  %-7s  %-8s  %-13s  %8.1f  %8.2f  %5.2f  %7s  %.2g",
                row.device(),
                threads(benchmark),
                benchmark.variant().name(),
                benchmark.height() + "x" + benchmark.width(),
                row.precision(),
                row.ms(),
                row.imagesPerSecond(),
                row.ratio(),
                row.peakBytes().isPresent() ? row.peakBytes().getAsLong() / 1_000_000 : "?",
                row.maxDifference());
    }

    private static JsonObject json(Benchmark benchmark, Benchmark.Row row) {
        JsonObject json = new JsonObject();
        json.addProperty("device", row.device());
        json.addProperty("threads", threads(benchmark));
        json.addProperty("variant", benchmark.variant().name());
        json.addProperty("size", benchmark.height() + "x" + benchmark.width());
        json.addProperty("batch_size", benchmark.batch());
        json.addProperty("precision", row.precision());
        json.addProperty("ms", row.ms());
        json.addProperty("images_per_second", row.imagesPerSecond());
        json.addProperty("ratio", row.ratio());
        row.peakBytes().ifPresent(bytes -> json.addProperty("peak_rss_mb", bytes / 1_000_000));
        json.addProperty("max_logit_difference", row.maxDifference());
        return json;
    }
}
