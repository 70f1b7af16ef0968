package io.github.transfuse.zarr;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Metadata of arrays in version 2: {@code .zarray}. */
final class Metadata2 {
    private Metadata2() {}

    static ZarrArray array(Path folder, JsonObject json) throws IOException {
        long[] shape = Json.sizes(json, "shape");
        String name =
                Json.text(json, "dtype").orElseThrow(() -> new UnknownZarrException("records of several numbers"));
        ZarrType type =
                ZarrType.ofVersion2(name).orElseThrow(() -> new UnknownZarrException("numbers of type " + name));
        if (Json.array(json, "filters").filter(filters -> !filters.isEmpty()).isPresent()) {
            throw new UnknownZarrException("filters before packing");
        }
        List<Integer> axes = IntStream.range(0, shape.length).boxed().collect(Collectors.toList());
        String order = Json.text(json, "order").orElse("C");
        if (order.equals("F")) {
            Collections.reverse(axes);
        } else if (!order.equals("C")) {
            throw new IOException("its order is '" + order + "'");
        }
        List<ByteCodec> packing =
                json.has("compressor") && json.get("compressor").isJsonObject()
                        ? List.of(codec(Json.requireText(Json.require(json, "compressor"), "id")))
                        : List.of();
        String separator = Json.text(json, "dimension_separator").orElse(".");
        return new ZarrArray(
                folder,
                new ZarrArray.Grid(shape, Json.sizes(json, "chunks"), "", separator),
                type,
                new ChunkCodec(axes, name.startsWith(">"), Optional.empty(), packing),
                Fill.of(json.get("fill_value"), type));
    }

    private static ByteCodec codec(String id) throws UnknownZarrException {
        return switch (id) {
            case "blosc" -> Blosc::unpack;
            case "zlib" -> ByteCodecs::zlib;
            case "gzip" -> ByteCodecs::gzip;
            case "zstd" -> ByteCodecs::zstd;
            case "lz4" -> ByteCodecs::lz4;
            default -> throw new UnknownZarrException("chunks packed by " + id);
        };
    }
}
