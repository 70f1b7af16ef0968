package io.github.transfuse.cli;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.github.transfuse.bench.Benchmark;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Rows of measurements: printed as a table while they come, or as one JSON object at the end. */
final class BenchTable {
    private final Terminal terminal;
    private final boolean json;
    private final JsonArray rows = new JsonArray();

    /** A table; {@code json} alone on standard output if asked for. */
    BenchTable(Terminal terminal, boolean json) {
        this.terminal = terminal;
        this.json = json;
        if (!json) {
            terminal.out().println(Benchmark.processor());
        }
    }

    /** Adds a row; all rows have the columns of the first. */
    void add(JsonObject row) {
        if (!json && rows.isEmpty()) {
            print(row, Map.Entry::getKey);
        }
        if (!json) {
            print(row, entry -> text(entry.getValue()));
        }
        rows.add(row);
    }

    private void print(JsonObject row, Function<Map.Entry<String, JsonElement>, String> cell) {
        String line = row.entrySet().stream()
                .map(entry -> {
                    boolean number = entry.getValue().getAsJsonPrimitive().isNumber();
                    int width = Math.max(entry.getKey().length(), number ? 7 : 13);
                    return String.format("%" + (number ? "" : "-") + width + "s", cell.apply(entry));
                })
                .collect(Collectors.joining("  "));
        terminal.out().println(line.stripTrailing());
        terminal.out().flush();
    }

    /** Four figures are more than such measurements are good for. */
    private static String text(JsonElement value) {
        if (!value.getAsJsonPrimitive().isNumber()) {
            return value.getAsString();
        }
        double number = value.getAsDouble();
        if (number == Math.rint(number) && Math.abs(number) < 1e9) {
            return String.valueOf((long) number);
        }
        int decimals = Math.max(0, 3 - (int) Math.floor(Math.log10(Math.abs(number))));
        return decimals > 5
                ? String.format(Locale.ROOT, "%.1e", number)
                : String.format(Locale.ROOT, "%." + decimals + "f", number);
    }

    /** Prints what is printed at the end. */
    void finish() {
        if (json) {
            JsonObject all = new JsonObject();
            all.addProperty("processor", Benchmark.processor());
            all.add("rows", rows);
            terminal.out().println(all);
        }
    }
}
