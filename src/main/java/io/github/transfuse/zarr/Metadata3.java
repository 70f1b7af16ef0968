package io.github.transfuse.zarr;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Metadata of arrays in version 3: {@code zarr.json}. */
final class Metadata3 {
    /** Shards of shards of shards are nobody's images. */
    private static final int DEEPEST = 3;

    private Metadata3() {}

    static ZarrArray array(Path folder, JsonObject json) throws IOException {
        long[] shape = Json.sizes(json, "shape");
        String name = Json.text(json, "data_type").orElse("?");
        ZarrType type =
                ZarrType.ofVersion3(name).orElseThrow(() -> new UnknownZarrException("numbers of type " + name));
        JsonObject grid = Json.require(json, "chunk_grid");
        String kind = Json.requireText(grid, "name");
        if (!kind.equals("regular")) {
            throw new UnknownZarrException("chunks in a grid of the kind " + kind);
        }
        if (Json.array(json, "storage_transformers")
                .filter(all -> !all.isEmpty())
                .isPresent()) {
            throw new UnknownZarrException("storage transformers");
        }
        JsonObject keys = Json.require(json, "chunk_key_encoding");
        Optional<String> separator =
                Json.object(keys, "configuration").flatMap(configuration -> Json.text(configuration, "separator"));
        boolean plain = Json.requireText(keys, "name").equals("v2");
        if (!plain && !Json.requireText(keys, "name").equals("default")) {
            throw new UnknownZarrException("names of chunks of the kind " + Json.requireText(keys, "name"));
        }
        long[] chunks = Json.sizes(Json.require(grid, "configuration"), "chunk_shape");
        Fill fill = Fill.of(json.get("fill_value"), type);
        return new ZarrArray(
                folder,
                new ZarrArray.Grid(shape, chunks, plain ? "" : "c", separator.orElse(plain ? "." : "/")),
                type,
                codec(codecs(json, "codecs"), shape.length, fill, DEEPEST),
                fill);
    }

    private static JsonArray codecs(JsonObject json, String key) throws IOException {
        return Json.array(json, key).orElseThrow(() -> new IOException("its metadata lack " + key));
    }

    private static ChunkCodec codec(JsonArray codecs, int dimensions, Fill fill, int deepest) throws IOException {
        List<Integer> axes = IntStream.range(0, dimensions).boxed().collect(Collectors.toList());
        Optional<Shards> shards = Optional.empty();
        boolean big = false;
        boolean bytes = false;
        List<ByteCodec> packing = new ArrayList<>();
        for (JsonElement element : codecs) {
            if (!(element instanceof JsonObject codec)) {
                throw new IOException("its codecs are no objects");
            }
            JsonObject configuration = Json.object(codec, "configuration").orElseGet(JsonObject::new);
            String name = Json.requireText(codec, "name");
            if (bytes) {
                packing.add(packing(name));
            } else if (name.equals("transpose")) {
                axes = transposed(axes, configuration);
            } else if (name.equals("bytes")) {
                bytes = true;
                big = Json.text(configuration, "endian").filter("big"::equals).isPresent();
            } else if (name.equals("sharding_indexed")) {
                bytes = true;
                shards = Optional.of(shards(configuration, dimensions, fill, deepest));
            } else {
                throw new UnknownZarrException("chunks packed by " + name);
            }
        }
        if (!bytes) {
            throw new IOException("its codecs do not say how numbers become bytes");
        }
        return new ChunkCodec(axes, big, shards, packing);
    }

    private static List<Integer> transposed(List<Integer> axes, JsonObject configuration) throws IOException {
        JsonArray order = codecs(configuration, "order");
        List<Integer> moved = new ArrayList<>();
        for (JsonElement from : order) {
            moved.add(axes.get(from.getAsInt()));
        }
        if (moved.stream().distinct().count() != axes.size() || moved.size() != axes.size()) {
            throw new IOException("its order of axes is " + order);
        }
        return moved;
    }

    private static Shards shards(JsonObject configuration, int dimensions, Fill fill, int deepest) throws IOException {
        if (deepest == 0) {
            throw new UnknownZarrException("shards within shards");
        }
        long[] chunk = Json.sizes(configuration, "chunk_shape");
        if (chunk.length != dimensions) {
            throw new IOException("its shards have other dimensions");
        }
        ChunkCodec inner = codec(codecs(configuration, "codecs"), dimensions, fill, deepest - 1);
        ChunkCodec index = codec(codecs(configuration, "index_codecs"), 2, fill, 0);
        boolean checked = codecs(configuration, "index_codecs").toString().contains("crc32c");
        if (index.packing().size() > (checked ? 1 : 0)) {
            throw new UnknownZarrException("packed indices of shards");
        }
        boolean end = Json.text(configuration, "index_location").orElse("end").equals("end");
        List<Integer> sizes = new ArrayList<>();
        for (long size : Arrays.copyOf(chunk, chunk.length)) {
            sizes.add(Math.toIntExact(size));
        }
        return new Shards(sizes, inner, index, end, fill);
    }

    private static ByteCodec packing(String name) throws UnknownZarrException {
        return switch (name) {
            case "gzip" -> ByteCodecs::gzip;
            case "blosc" -> Blosc::unpack;
            case "zstd" -> ByteCodecs::zstd;
            case "crc32c" -> ByteCodecs::crc32c;
            case "numcodecs.zlib" -> ByteCodecs::zlib;
            case "numcodecs.lz4" -> ByteCodecs::lz4;
            default -> throw new UnknownZarrException("chunks packed by " + name);
        };
    }
}
