package io.github.transfuse.zarr;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A folder of a Zarr tree: a group, or an array.
 *
 * @param folder where it is
 * @param attributes what its writer noted; of version 0.5 of OME-Zarr the contents of {@code ome}
 */
public record ZarrGroup(Path folder, JsonObject attributes) {
    private static final List<String> MARKS = List.of("zarr.json", ".zgroup", ".zarray", ".zattrs");

    /** Whether a folder is, by its name or by the files in it, one of Zarr. */
    public static boolean is(Path folder) {
        Path name = folder.getFileName();
        boolean named = name != null && name.toString().toLowerCase(Locale.ROOT).endsWith(".zarr");
        return Files.isDirectory(folder)
                && (named || MARKS.stream().anyMatch(mark -> Files.isRegularFile(folder.resolve(mark))));
    }

    /**
     * Reads the attributes of a folder.
     *
     * @throws IOException if there are none that can be read
     */
    public static ZarrGroup open(Path folder) throws IOException {
        Optional<JsonObject> third = Json.read(folder.resolve("zarr.json"));
        if (third.isPresent()) {
            JsonObject attributes = Json.object(third.get(), "attributes").orElseGet(JsonObject::new);
            return new ZarrGroup(folder, Json.object(attributes, "ome").orElse(attributes));
        }
        return new ZarrGroup(folder, Json.read(folder.resolve(".zattrs")).orElseGet(JsonObject::new));
    }

    /** Whether the folder is an array itself. */
    public boolean isArray() throws IOException {
        return Files.isRegularFile(folder.resolve(".zarray"))
                || Json.read(folder.resolve("zarr.json"))
                        .flatMap(json -> Json.text(json, "node_type"))
                        .filter("array"::equals)
                        .isPresent();
    }

    /**
     * A folder below.
     *
     * @param path as metadata name it; it must not lead out of this folder
     * @throws IOException if it does, or there is no such folder
     */
    public Path child(String path) throws IOException {
        Path child = folder;
        for (String name : path.split("/", -1)) {
            if (name.equals("..")
                    || (name.isBlank() && path.length() > name.length())
                    || name.contains("\\")
                    || name.contains("\0")) {
                throw new IOException("its metadata name the folder '" + path.replace('\0', ' ') + "'");
            }
            child = child.resolve(name);
        }
        if (!Files.isDirectory(child)) {
            throw new IOException("its folder " + path + " is missing");
        }
        return child;
    }
}
