package io.github.transfuse.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.transfuse.cli.Main;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BenchmarkTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void jsonAloneIsPrinted() {
        assertEquals(0, run("bench", "--variant", "T", "--size", "32x48", "--rounds", "2", "--json"), err::toString);
        JsonObject printed = JsonParser.parseString(out.toString()).getAsJsonObject();
        JsonArray rows = printed.getAsJsonArray("rows");
        assertTrue(rows.size() >= 2);
        JsonObject baseline = rows.get(0).getAsJsonObject();
        assertEquals(Benchmark.BASELINE, baseline.get("precision").getAsString());
        assertEquals(1.0, baseline.get("ratio").getAsDouble());
        assertEquals(0.0, baseline.get("max_logit_difference").getAsDouble());
        JsonObject compiled = rows.get(1).getAsJsonObject();
        assertEquals("float32", compiled.get("precision").getAsString());
        assertTrue(compiled.get("ms").getAsDouble() > 0);
        assertTrue(compiled.get("max_logit_difference").getAsDouble() < 1e-3);
    }

    @Test
    void tableNamesWhatWasMeasured() {
        assertEquals(0, run("bench", "--size", "16x32", "--rounds", "1"), err::toString);
        assertTrue(out.toString().contains("16x32"), out::toString);
        assertTrue(out.toString().contains(Benchmark.BASELINE), out::toString);
    }

    @Test
    void badSizesAreBadUsage() {
        assertEquals(2, run("bench", "--size", "100x100"));
        assertEquals(2, run("bench", "--size", "big"));
        assertEquals(2, run("bench", "--variant", "XXL"));
        assertEquals(2, run("bench", "--training", "--batch-size", "0"));
        assertThrows(
                IllegalArgumentException.class,
                () -> new Benchmark.Load(io.github.transfuse.engine.Device.CPU, 0, 0, 1));
    }

    @Test
    void layersAddUpToTheWhole() {
        assertEquals(
                0,
                run("bench", "--layers", "--size", "64x96", "--rounds", "2", "--precision", "float32", "--json"),
                err::toString);
        JsonArray rows = rows();
        JsonObject all = rows.get(rows.size() - 1).getAsJsonObject();
        double ms = 0;
        double share = 0;
        for (int i = 0; i < rows.size() - 1; i++) {
            ms += rows.get(i).getAsJsonObject().get("ms").getAsDouble();
            share += rows.get(i).getAsJsonObject().get("share_of_time").getAsDouble();
        }
        assertEquals(all.get("ms").getAsDouble(), ms, 1e-6);
        assertEquals(1, share, 1e-6);
        // The stem alone: 7 x 7 x 3 to 64 channels at 32 x 48
        JsonObject stem = row(rows, "layer", "conv 7x7, 3 to 64, 32x48");
        assertEquals(2.0 * 49 * 3 * 64 * 32 * 48 / 1e9, stem.get("gflop").getAsDouble(), 1e-12);
        assertEquals(1, stem.get("calls").getAsLong());
    }

    @Test
    void trainingIsComparedWithThePlainLoop() {
        assertEquals(
                0,
                run("bench", "--training", "--size", "32x32", "--batch-size", "2", "--rounds", "1", "--json"),
                err::toString);
        JsonObject baseline = row(rows(), "precision", Benchmark.BASELINE);
        assertEquals(1.0, baseline.get("ratio").getAsDouble());
        assertTrue(row(rows(), "precision", "float32").get("images_per_second").getAsDouble() > 0);
    }

    @Test
    void largeImagesAreMeasuredByTiles() {
        assertEquals(0, run("bench", "--image", "300x500", "--precision", "float32", "--json"), err::toString);
        JsonObject row = rows().get(0).getAsJsonObject();
        assertEquals("300x500", row.get("image").getAsString());
        assertEquals(2 * 3, row.get("tiles").getAsLong());
        double busy = row.get("network_busy").getAsDouble();
        assertTrue(busy > 0 && busy <= 1, row::toString);
        double waiting = row.get("waiting").getAsDouble();
        assertTrue(waiting > 0 && waiting + busy <= 1.01, row::toString);
    }

    @Test
    void whatIsNoTorchScriptIsNamed(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("other.pt"), "no archive");
        assertEquals(1, run("bench", "--size", "32x32", "--rounds", "1", "--torchscript", file.toString()));
        assertTrue(err.toString().contains("other.pt"), err::toString);
    }

    private JsonArray rows() {
        return JsonParser.parseString(out.toString()).getAsJsonObject().getAsJsonArray("rows");
    }

    private static JsonObject row(JsonArray rows, String key, String value) {
        for (JsonElement row : rows) {
            if (row.getAsJsonObject().get(key).getAsString().equals(value)) {
                return row.getAsJsonObject();
            }
        }
        throw new AssertionError("no row with " + key + " = " + value + " in " + rows);
    }

    private int run(String... args) {
        return Main.run(new PrintWriter(out, true), new PrintWriter(err, true), args);
    }
}
