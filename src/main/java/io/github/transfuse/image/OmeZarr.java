package io.github.transfuse.image;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.github.transfuse.zarr.UnknownZarrException;
import io.github.transfuse.zarr.ZarrArray;
import io.github.transfuse.zarr.ZarrGroup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads OME-Zarr, versions 0.1 to 0.5: the full resolution of an image, of one with labels the labels if these are asked
 * for. Plates are refused: they are many images.
 */
final class OmeZarr {
    private final Path file;
    private final List<String> notes = new ArrayList<>();

    private OmeZarr(Path file) {
        this.file = file;
    }

    static CalibratedImage read(Path file, boolean labels) throws IOException {
        try {
            return new OmeZarr(file).read(labels);
        } catch (UnsupportedImageException e) {
            throw e;
        } catch (UnknownZarrException e) {
            throw new UnsupportedImageException(
                    file,
                    "this Zarr image has " + e.getMessage() + " which cannot be read",
                    "Save it as TIFF in Fiji, or as OME-Zarr packed by Blosc, zstd or gzip.",
                    e);
        } catch (IOException | RuntimeException e) {
            throw ImageFiles.damaged(file, e);
        }
    }

    private CalibratedImage read(boolean labels) throws IOException {
        ZarrGroup group = inner(ZarrGroup.open(file));
        if (labels && Files.isDirectory(group.folder().resolve("labels"))) {
            ZarrGroup list = ZarrGroup.open(group.folder().resolve("labels"));
            group = names(list).isEmpty() ? group : first(list);
        } else if (!names(group).isEmpty()) {
            group = first(group);
        }
        if (group.attributes().get("multiscales") instanceof JsonArray images && !images.isEmpty()) {
            if (images.size() > 1) {
                notes.add("The first image of " + name() + " is used; it holds " + images.size() + ".");
            }
            return image(group, images.get(0).getAsJsonObject());
        }
        if (group.isArray()) {
            return plain(group);
        }
        throw new UnsupportedImageException(
                file, "this Zarr folder holds no image", "Give the folder whose metadata name multiscales.");
    }

    private String name() {
        return file.toAbsolutePath().normalize().getFileName().toString();
    }

    /** What Bio-Formats converts has its first image in a folder 0. */
    private ZarrGroup inner(ZarrGroup group) throws IOException {
        for (String many : List.of("plate", "well")) {
            if (group.attributes().has(many)) {
                throw new UnsupportedImageException(
                        file,
                        "this is a " + many + " of many images",
                        "Give the folder of one image in it, such as A/1/0 of a plate.");
            }
        }
        if (!group.attributes().has("bioformats2raw.layout")) {
            return group;
        }
        if (Files.isDirectory(group.folder().resolve("1"))) {
            notes.add("The first image of " + name() + " is used; it holds several.");
        }
        return ZarrGroup.open(group.child("0"));
    }

    private static List<String> names(ZarrGroup group) {
        return group.attributes().get("labels") instanceof JsonArray names
                ? names.asList().stream().map(JsonElement::getAsString).toList()
                : List.of();
    }

    private ZarrGroup first(ZarrGroup list) throws IOException {
        List<String> names = names(list);
        if (names.size() > 1) {
            notes.add("The labels '" + names.get(0) + "' of " + name() + " are used; it also has "
                    + String.join(", ", names.subList(1, names.size())) + ".");
        }
        return ZarrGroup.open(list.child(names.get(0)));
    }

    /** The level of most pixels, which should be the first. */
    private CalibratedImage image(ZarrGroup group, JsonObject multiscale) throws IOException {
        JsonObject chosen = null;
        ZarrArray largest = null;
        for (JsonElement element : multiscale.getAsJsonArray("datasets")) {
            JsonObject dataset = element.getAsJsonObject();
            ZarrArray array = ZarrArray.open(group.child(dataset.get("path").getAsString()));
            if (largest == null || count(array) > count(largest)) {
                largest = array;
                chosen = dataset;
            }
        }
        if (largest == null) {
            throw new IOException("it names no datasets");
        }
        OmeZarrAxes axes = OmeZarrAxes.of(multiscale, chosen, largest.shape());
        return axes.image(name(), pixels(largest), isRgb(group, largest), notes);
    }

    private static double count(ZarrArray array) {
        double count = 1;
        for (long size : array.shape()) {
            count *= size;
        }
        return count;
    }

    private ZarrPixels pixels(ZarrArray array) throws IOException {
        ZarrPixels pixels = new ZarrPixels(array);
        if (pixels.missing() > 0) {
            notes.add(pixels.missing() + " of " + array.chunks() + " chunks of " + name()
                    + " are not stored; their pixels are " + array.fill() + ".");
        }
        return pixels;
    }

    /** Three channels are colours if they are called so; three stains are not. */
    private static boolean isRgb(ZarrGroup group, ZarrArray array) {
        if (array.type().bytes() > 2
                || !(group.attributes().get("omero") instanceof JsonObject omero)
                || !(omero.get("channels") instanceof JsonArray channels)) {
            return false;
        }
        StringBuilder names = new StringBuilder();
        for (JsonElement channel : channels) {
            boolean named = channel instanceof JsonObject object && object.has("label");
            names.append(named ? channel.getAsJsonObject().get("label").getAsString() : "?")
                    .append(',');
        }
        return names.toString().matches("(?i)(r,g,b,|red,green,blue,)");
    }

    /** An array without the names of its axes is read only if there can be no doubt. */
    private CalibratedImage plain(ZarrGroup group) throws IOException {
        ZarrArray array = ZarrArray.open(group.folder());
        if (array.shape().length != 2) {
            throw new UnsupportedImageException(
                    file,
                    "this Zarr array has " + array.shape().length + " axes without names",
                    "Give an OME-Zarr image: the folder above, if it is part of one.");
        }
        ZarrPixels pixels = pixels(array);
        CalibratedImage image = CalibratedImage.of(name(), pixels.image(), Axis.Kind.X, Axis.Kind.Y);
        for (String note : notes) {
            image = image.withNote(note);
        }
        return image;
    }
}
