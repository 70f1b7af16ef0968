package io.github.transfuse.image;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.github.transfuse.files.StagedFiles;
import io.github.transfuse.zarr.NewArray;
import io.github.transfuse.zarr.ZarrType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import net.imglib2.RandomAccess;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.RealType;
import net.imglib2.type.numeric.integer.UnsignedByteType;
import net.imglib2.type.numeric.integer.UnsignedShortType;
import net.imglib2.view.Views;

/**
 * Writes labels as OME-Zarr 0.4: an image of several resolutions, of which each smaller one takes every second pixel, so that
 * labels stay labels.
 */
public final class OmeZarrWriter {
    /** Pixels of a chunk along X and Y. */
    private static final int CHUNK = 1024;

    private static final String VERSION = "0.4";

    private final StagedFiles staged;
    private final Path place;
    private final String name;
    private final CalibratedImage labels;
    private final Set<String> written = new TreeSet<>();

    private OmeZarrWriter(StagedFiles staged, Path place, CalibratedImage labels) {
        this.staged = staged;
        this.place = place;
        this.name = place.getFileName().toString();
        this.labels = labels.channelsLast();
    }

    /**
     * Writes labels among files that belong together. Chunks of an earlier image of this name go.
     *
     * @param staged the files of a folder
     * @param place a folder in it that shall become the image
     * @param labels 8-bit and unsigned 16-bit pixels stay, all others become 32-bit integers; no channels
     * @param colors 0xRRGGBB of the labels 0 and up; empty if viewers shall choose
     * @param properties added to the attributes of the image
     * @throws IOException if a file cannot be written
     */
    public static void writeLabels(
            StagedFiles staged, Path place, CalibratedImage labels, int[] colors, JsonObject properties)
            throws IOException {
        OmeZarrWriter writer = new OmeZarrWriter(staged, place, labels);
        JsonObject attributes = properties.deepCopy();
        JsonArray images = new JsonArray();
        images.add(writer.levels());
        attributes.add("multiscales", images);
        attributes.add("image-label", imageLabel(colors));
        writer.json(NewArray.GROUP, NewArray.group());
        // Last: who sees it finds all pixels
        writer.json(NewArray.ATTRIBUTES, attributes);
        writer.removeOthers();
    }

    private static JsonObject imageLabel(int... colors) {
        JsonObject json = new JsonObject();
        json.addProperty("version", VERSION);
        JsonArray list = new JsonArray();
        for (int label = 1; label < colors.length; label++) {
            JsonObject color = new JsonObject();
            color.addProperty("label-value", label);
            JsonArray rgba = new JsonArray();
            for (int shift = 16; shift >= 0; shift -= 8) {
                rgba.add(colors[label] >> shift & 0xFF);
            }
            rgba.add(0xFF);
            color.add("rgba", rgba);
            list.add(color);
        }
        if (!list.isEmpty()) {
            json.add("colors", list);
        }
        return json;
    }

    private JsonObject levels() throws IOException {
        JsonObject image = new JsonObject();
        image.addProperty("version", VERSION);
        image.addProperty("name", labels.name());
        JsonArray axes = new JsonArray();
        for (int d = labels.axes().size() - 1; d >= 0; d--) {
            axes.add(axis(labels.axes().get(d)));
        }
        image.add("axes", axes);
        JsonArray datasets = new JsonArray();
        RandomAccessibleInterval<? extends RealType<?>> pixels = Views.zeroMin(labels.pixels());
        for (int level = 0; level == 0 || isLarge(level - 1); level++) {
            write(Integer.toString(level), subsampled(pixels, 1L << level));
            datasets.add(dataset(level));
        }
        image.add("datasets", datasets);
        return image;
    }

    private boolean isLarge(int level) {
        return Math.max(labels.size(Axis.Kind.X), labels.size(Axis.Kind.Y)) >> level > CHUNK;
    }

    private static <T> RandomAccessibleInterval<T> subsampled(RandomAccessibleInterval<T> pixels, long step) {
        long[] steps = new long[pixels.numDimensions()];
        Arrays.setAll(steps, d -> d < 2 ? step : 1);
        return step == 1 ? pixels : Views.subsample(pixels, steps);
    }

    private static JsonObject axis(Axis axis) {
        JsonObject json = new JsonObject();
        json.addProperty(
                "name", axis.kind() == Axis.Kind.TIME ? "t" : axis.kind().name().toLowerCase(java.util.Locale.ROOT));
        json.addProperty("type", axis.kind() == Axis.Kind.TIME ? "time" : "space");
        if (axis.isCalibrated()) {
            json.addProperty("unit", Lengths.longName(axis.unit()));
        }
        return json;
    }

    private JsonObject dataset(int level) {
        JsonArray scale = new JsonArray();
        for (int d = labels.axes().size() - 1; d >= 0; d--) {
            Axis axis = labels.axes().get(d);
            scale.add((axis.isCalibrated() ? axis.size() : 1) * (d < 2 ? 1L << level : 1));
        }
        JsonObject step = new JsonObject();
        step.addProperty("type", "scale");
        step.add("scale", scale);
        JsonArray steps = new JsonArray();
        steps.add(step);
        JsonObject dataset = new JsonObject();
        dataset.addProperty("path", Integer.toString(level));
        dataset.add("coordinateTransformations", steps);
        return dataset;
    }

    private void write(String level, RandomAccessibleInterval<? extends RealType<?>> pixels) throws IOException {
        int n = pixels.numDimensions();
        long[] shape = new long[n];
        int[] chunk = new int[n];
        long[] grid = new long[n];
        for (int d = 0; d < n; d++) {
            shape[d] = pixels.dimension(n - 1 - d);
            chunk[d] = d < n - 2 ? 1 : (int) Math.min(CHUNK, shape[d]);
            grid[d] = (shape[d] - 1) / chunk[d] + 1;
        }
        NewArray array = new NewArray(type(pixels), shape, chunk);
        long[] position = new long[n];
        do {
            byte[] numbers = numbers(pixels, array, position);
            String file = level + "/" + NewArray.name(position);
            ResultFiles.write(place(file), out -> NewArray.pack(numbers, out));
        } while (advance(position, grid));
        json(level + "/" + NewArray.METADATA, array.metadata());
    }

    private static boolean advance(long[] position, long... grid) {
        for (int d = position.length - 1; d >= 0; d--) {
            if (++position[d] < grid[d]) {
                return true;
            }
            position[d] = 0;
        }
        return false;
    }

    private static ZarrType type(RandomAccessibleInterval<? extends RealType<?>> pixels) {
        RealType<?> pixel = pixels.getAt(pixels.minAsLongArray());
        return pixel instanceof UnsignedByteType
                ? ZarrType.UINT8
                : pixel instanceof UnsignedShortType ? ZarrType.UINT16 : ZarrType.UINT32;
    }

    /** Row by row; what lies beyond the image is 0. */
    private static byte[] numbers(
            RandomAccessibleInterval<? extends RealType<?>> pixels, NewArray array, long... position) {
        int n = position.length;
        int width = array.chunk()[n - 1];
        int height = array.chunk()[n - 2];
        VoxelType type = VoxelType.valueOf(array.type().name());
        ByteBuffer numbers = ByteBuffer.allocate(width * height * type.bytes()).order(ByteOrder.LITTLE_ENDIAN);
        long[] at = new long[n];
        for (int d = 2; d < n; d++) {
            at[d] = position[n - 1 - d];
        }
        long left = position[n - 1] * width;
        long right = Math.min(left + width, pixels.dimension(0));
        RandomAccess<? extends RealType<?>> access = pixels.randomAccess();
        for (int row = 0; row < height && position[n - 2] * height + row < pixels.dimension(1); row++) {
            at[0] = left;
            at[1] = position[n - 2] * height + row;
            access.setPosition(at);
            numbers.position(row * width * type.bytes());
            for (long x = left; x < right; x++) {
                type.put(numbers, access.get());
                access.fwd(0);
            }
        }
        return numbers.array();
    }

    private Path place(String file) throws IOException {
        String whole = name + "/" + file;
        written.add(whole);
        staged.folder(whole.substring(0, whole.lastIndexOf('/')));
        return staged.file(whole);
    }

    private void json(String file, JsonObject content) throws IOException {
        ResultFiles.writeJson(place(file), content);
    }

    /** Only in the folders that are written now; whatever else somebody keeps there stays. */
    private void removeOthers() throws IOException {
        List<String> earlier = new ArrayList<>();
        for (int level = 0; Files.isDirectory(place.resolve(Integer.toString(level))); level++) {
            try (Stream<Path> files = Files.walk(place.resolve(Integer.toString(level)))) {
                files.filter(Files::isRegularFile)
                        .map(file ->
                                name + "/" + place.relativize(file).toString().replace('\\', '/'))
                        .forEach(earlier::add);
            } catch (UncheckedIOException e) {
                throw UnwritableOutputException.of(place, e.getCause());
            }
        }
        earlier.stream().filter(file -> !written.contains(file)).forEach(staged::remove);
    }
}
