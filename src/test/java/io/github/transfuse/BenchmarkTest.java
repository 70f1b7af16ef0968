package io.github.transfuse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.transfuse.cli.Main;
import io.github.transfuse.model.Variant;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

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
        assertThrows(IllegalArgumentException.class, () -> new Benchmark(Variant.T, 32, 32, 0, 0, 1));
    }

    private int run(String... args) {
        return Main.run(new PrintWriter(out, true), new PrintWriter(err, true), args);
    }
}
