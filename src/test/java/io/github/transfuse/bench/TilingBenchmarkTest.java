package io.github.transfuse.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.transfuse.cli.Main;
import io.github.transfuse.network.Variant;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TilingBenchmarkTest {
    @TempDir
    Path folder;

    private static TilingBenchmark.Row row(double score, double seam, double seconds) {
        return new TilingBenchmark.Row(new int[] {32, 32}, 0.5, score, seam, seconds, 1);
    }

    @Test
    void theFastestWithoutLossAndSeamsIsBest() {
        TilingBenchmark.Row first = row(0.9, 1, 10);
        TilingBenchmark.Row lossy = row(0.896, 1, 1);
        TilingBenchmark.Row seams = row(0.9, 1.21, 2);
        TilingBenchmark.Row good = row(0.898, 1.19, 3);
        TilingBenchmark.Row slower = row(0.95, 1, 4);
        assertEquals(Optional.of(good), TilingBenchmark.best(List.of(first, lossy, seams, good, slower)));
        assertEquals(Optional.of(first), TilingBenchmark.best(List.of(first, lossy, seams)));
    }

    /** Where the model's own tiles show more than the bound, others may show as much. */
    @Test
    void unknownAndWorseSeamsOfTheFirstRowAreTheBound() {
        TilingBenchmark.Row faster = row(0.9, 1.4, 5);
        assertEquals(Optional.of(faster), TilingBenchmark.best(List.of(row(0.9, 1.5, 10), faster)));
        TilingBenchmark.Row untiled = row(0.9, Double.NaN, 4);
        assertEquals(Optional.of(untiled), TilingBenchmark.best(List.of(row(0.9, 1, 10), faster, untiled)));
        assertEquals(
                Optional.empty(),
                TilingBenchmark.best(List.of(new TilingBenchmark.Row(new int[] {8, 8}, 0, 1, 1, 1, 0))));
    }

    @Test
    void allKindsOfTilesAreMeasured() throws IOException {
        BenchmarkModel.write(folder.resolve("model"), Variant.T, 32, 32);
        for (String name : List.of("images", "masks")) {
            BufferedImage picture = new BufferedImage(70, 50, BufferedImage.TYPE_3BYTE_BGR);
            picture.createGraphics().fillOval(10, 10, 30, 20);
            ImageIO.write(
                    picture,
                    "png",
                    Files.createDirectories(folder.resolve(name))
                            .resolve("a.png")
                            .toFile());
        }
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = Main.run(
                new PrintWriter(out, true),
                new PrintWriter(err, true),
                "bench",
                "--json",
                "--tiling=" + folder.resolve("model"),
                "--images=" + folder.resolve("images"),
                "--masks=" + folder.resolve("masks"));
        assertEquals(0, code, err::toString);
        JsonArray rows =
                JsonParser.parseString(out.toString()).getAsJsonObject().getAsJsonArray("rows");
        assertEquals(9, rows.size());
        JsonObject last = rows.get(8).getAsJsonObject();
        assertEquals("64x64", last.get("tile").getAsString());
        assertEquals(0.125, last.get("overlap").getAsDouble());
        double first = rows.get(0).getAsJsonObject().get("network_seconds").getAsDouble();
        assertTrue(first > rows.get(2).getAsJsonObject().get("network_seconds").getAsDouble(), out::toString);
        assertTrue(err.toString().contains("--tile-size"), err::toString);
    }
}
