package io.github.transfuse.cli;

import com.google.gson.JsonObject;
import io.github.transfuse.bench.Benchmark;
import io.github.transfuse.bench.ImageBenchmark;
import io.github.transfuse.bench.TilingBenchmark;
import io.github.transfuse.bench.TrainingBenchmark;
import io.github.transfuse.engine.LayerProfile;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The columns of each kind of measurement. */
final class BenchRows {
    private static final double MEGA = 1e6;

    private BenchRows() {}

    /** What was measured: the first columns. */
    static JsonObject of(Benchmark benchmark) {
        int threads = benchmark.load().threads();
        JsonObject json = new JsonObject();
        json.addProperty("device", benchmark.load().device().toString());
        json.addProperty("threads", threads > 0 ? threads : Runtime.getRuntime().availableProcessors());
        json.addProperty("variant", benchmark.variant().name());
        json.addProperty("size", benchmark.height() + "x" + benchmark.width());
        json.addProperty("batch_size", benchmark.load().batch());
        return json;
    }

    /** Adds what one form reached. */
    static void add(JsonObject json, Benchmark.Row row) {
        json.addProperty("precision", row.precision());
        json.addProperty("ms", row.ms());
        json.addProperty("images_per_second", row.imagesPerSecond());
        json.addProperty("ratio", row.ratio());
        peak(json, row.peakBytes());
        row.maxDifference().ifPresent(difference -> json.addProperty("max_logit_difference", difference));
    }

    private static void peak(JsonObject json, OptionalLong bytes) {
        bytes.ifPresent(known -> json.addProperty("peak_rss_mb", Math.round(known / MEGA)));
    }

    /** The layers of a network, the slowest first, then the rest and the sum. */
    static List<JsonObject> of(Benchmark benchmark, LayerProfile profile) {
        List<JsonObject> rows = new ArrayList<>();
        double gflop = 0;
        for (LayerProfile.Layer layer : profile.layers()) {
            rows.add(layer(benchmark, profile, layer));
            gflop += layer.gflop();
        }
        rows.add(layer(
                benchmark,
                profile,
                new LayerProfile.Layer("attention, norms, resizing, copies", 1, 0, profile.restMs())));
        rows.add(layer(benchmark, profile, new LayerProfile.Layer("all", 1, gflop, profile.ms())));
        return rows;
    }

    private static JsonObject layer(Benchmark benchmark, LayerProfile profile, LayerProfile.Layer layer) {
        JsonObject json = new JsonObject();
        json.addProperty("size", benchmark.height() + "x" + benchmark.width());
        json.addProperty("calls", layer.calls());
        json.addProperty("gflop", layer.gflop());
        json.addProperty("ms", layer.ms());
        json.addProperty("share_of_time", layer.ms() / profile.ms());
        json.addProperty("share_of_peak", profile.shareOfPeak(layer));
        json.addProperty("layer", layer.name());
        return json;
    }

    /** A form of training. */
    static JsonObject of(TrainingBenchmark benchmark, TrainingBenchmark.Row row) {
        JsonObject json = new JsonObject();
        json.addProperty("device", benchmark.load().device().toString());
        json.addProperty("variant", benchmark.variant().name());
        json.addProperty("size", benchmark.height() + "x" + benchmark.width());
        json.addProperty("batch_size", benchmark.load().batch());
        json.addProperty("precision", row.precision());
        json.addProperty("ms_per_step", row.ms());
        json.addProperty("images_per_second", 1000 * benchmark.load().batch() / row.ms());
        json.addProperty("ratio", row.ratio());
        return json;
    }

    /** A large image. */
    static JsonObject of(ImageBenchmark benchmark, ImageBenchmark.Row row) {
        double megapixels = benchmark.width() * (double) benchmark.height() / MEGA;
        JsonObject json = new JsonObject();
        json.addProperty("image", benchmark.width() + "x" + benchmark.height());
        json.addProperty("device", benchmark.device());
        json.addProperty("precision", row.precision());
        json.addProperty("tiles", row.tiles());
        json.addProperty("seconds", row.seconds());
        json.addProperty("seconds_per_megapixel", row.seconds() / megapixels);
        json.addProperty("network_busy", row.computing());
        json.addProperty("waiting", row.waiting());
        peak(json, row.peakBytes());
        return json;
    }

    /** A kind of tiles. */
    static JsonObject of(TilingBenchmark benchmark, TilingBenchmark.Row row) {
        JsonObject json = new JsonObject();
        json.addProperty("model", benchmark.model());
        json.addProperty("tile", tile(row));
        json.addProperty("overlap", row.overlap());
        json.addProperty("images", row.images());
        json.addProperty("score", row.score());
        json.addProperty("seam_index", row.seam());
        json.addProperty("network_seconds", row.seconds());
        return json;
    }

    /** Its sides as the setting has them. */
    static String tile(TilingBenchmark.Row row) {
        return IntStream.of(row.tile()).mapToObj(String::valueOf).collect(Collectors.joining("x"));
    }
}
