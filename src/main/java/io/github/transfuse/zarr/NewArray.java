package io.github.transfuse.zarr;

import com.google.gson.JsonArray;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.zip.GZIPOutputStream;

/**
 * An array to be written in version 2, which most programs read: little-endian, the last axis fastest, chunks in gzip, which
 * needs no library anywhere.
 *
 * @param type of the numbers
 * @param shape sizes, the last axis fastest
 * @param chunk sizes of a chunk; those at the end of an axis reach beyond it
 */
public record NewArray(ZarrType type, long[] shape, int[] chunk) {
    /** Name of the file of metadata of an array. */
    public static final String METADATA = ".zarray";

    /** Name of the file that makes a folder a group. */
    public static final String GROUP = ".zgroup";

    /** Name of the file of attributes. */
    public static final String ATTRIBUTES = ".zattrs";

    private static final int FORMAT = 2;
    private static final int LEVEL = 5;

    /** The contents of {@link #GROUP}. */
    public static JsonObject group() {
        JsonObject json = new JsonObject();
        json.addProperty("zarr_format", FORMAT);
        return json;
    }

    /** The contents of {@link #METADATA}. */
    public JsonObject metadata() {
        JsonObject json = group();
        json.add("shape", array(LongStream.of(shape)));
        json.add("chunks", array(Arrays.stream(chunk).asLongStream()));
        json.addProperty("dtype", type.littleEndian());
        JsonObject compressor = new JsonObject();
        compressor.addProperty("id", "gzip");
        compressor.addProperty("level", LEVEL);
        json.add("compressor", compressor);
        json.addProperty("fill_value", 0);
        json.addProperty("order", "C");
        json.add("filters", JsonNull.INSTANCE);
        json.addProperty("dimension_separator", "/");
        return json;
    }

    private static JsonArray array(LongStream numbers) {
        JsonArray array = new JsonArray();
        numbers.forEach(array::add);
        return array;
    }

    /**
     * The file of a chunk in the folder of the array.
     *
     * @param position in chunks, one number for each axis
     */
    public static String name(long... position) {
        return LongStream.of(position).mapToObj(Long::toString).collect(Collectors.joining("/"));
    }

    /**
     * Writes a chunk.
     *
     * @param numbers little-endian, whole even at the end of an axis
     */
    public static void pack(byte[] numbers, OutputStream out) throws IOException {
        GZIPOutputStream packed = new GZIPOutputStream(out) {
            {
                def.setLevel(LEVEL);
            }
        };
        packed.write(numbers);
        packed.finish();
    }
}
