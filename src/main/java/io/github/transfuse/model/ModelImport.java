package io.github.transfuse.model;

import com.google.gson.JsonObject;
import io.github.transfuse.network.NetworkSpec;
import io.github.transfuse.network.Role;
import io.github.transfuse.network.TensorSpec;
import io.github.transfuse.network.TransFuseSpec;
import io.github.transfuse.network.Variant;
import io.github.transfuse.weights.DType;
import io.github.transfuse.weights.ModelFormatException;
import io.github.transfuse.weights.PthFile;
import io.github.transfuse.weights.Safetensors;
import io.github.transfuse.weights.StoredTensor;
import io.github.transfuse.weights.TensorStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Makes a model folder from published weights. Numbers of channels and classes and the size of the position table are
 * read from the tensors; all shapes are checked against the variant before anything is written.
 *
 * @param variant which network the weights are for
 * @param alignCorners whether the network was trained with aligned corners: false for the authors' weights of 2021
 */
public record ModelImport(Variant variant, boolean alignCorners) {
    private static final int[] COLORS = {0xff5050, 0x50c050, 0x5080ff, 0xffc040, 0xc060ff, 0x40d0d0};

    /**
     * A model made from weights.
     *
     * @param model the model folder
     * @param ignored names of tensors that the network does not have
     */
    public record Imported(ModelFolder model, List<String> ignored) {}

    /**
     * Imports weights.
     *
     * @param file a {@code .pth} or {@code .safetensors} file
     * @param folder model folder to write; must not hold a model yet
     * @throws ModelFormatException if the file cannot be read or does not fit the variant
     * @throws IOException if the folder cannot be written
     */
    public Imported run(Path file, Path folder) throws IOException {
        if (Files.exists(folder.resolve(ModelFolder.SPEC))) {
            throw new IOException(folder + " already holds a model. Name another folder, or remove it first.");
        }
        TensorStore store = file.toString().toLowerCase(Locale.ROOT).endsWith(".safetensors")
                ? Safetensors.open(file)
                : PthFile.read(file);
        NetworkSpec network = network(file, store);
        Map<String, TensorSpec> wanted = TransFuseSpec.of(network).state();
        check(file, store, TransFuseSpec.of(network).needed());
        List<StoredTensor> tensors = new ArrayList<>();
        List<String> ignored = new ArrayList<>();
        for (String name : store.names()) {
            if (wanted.containsKey(name)) {
                tensors.add(store.get(name));
            } else {
                ignored.add(name);
            }
        }
        return new Imported(ModelFolder.write(folder, spec(file, folder, network), tensors, DType.F32), ignored);
    }

    private NetworkSpec network(Path file, TensorStore store) throws ModelFormatException {
        if (variant.scales().axes() != 2) {
            throw new ModelFormatException(
                    file,
                    "variant " + variant.name() + " is for volumes, and networks of other programs are for planes",
                    "Choose variant T, TFINE, S, L or L384.");
        }
        Map<String, TensorSpec> layers =
                TransFuseSpec.of(new NetworkSpec(variant, 3, 1, true)).needed();
        String first = having(layers, Role.CHANNELS).get(0);
        List<String> outputs = having(layers, Role.CLASSES);
        String last = outputs.get(outputs.size() - 1);
        String positions = having(layers, Role.POSITIONS).get(0);
        for (String name : List.of(first, last, positions)) {
            if (!store.has(name)) {
                throw new ModelFormatException(
                        file,
                        "this is not a TransFuse network: there is no tensor " + name,
                        "Give the file of a whole TransFuse network, not of one of its branches.");
            }
        }
        long[] table = store.get(positions).shape();
        long tokens = table.length == 3 ? table[1] : 0;
        int[] grid = variant.grid();
        if (tokens != (long) grid[0] * grid[1]) {
            int side = (int) Math.round(Math.sqrt((double) tokens));
            if (tokens == 0 || (long) side * side != tokens) {
                throw mismatch(file, positions, layers, table);
            }
            grid = new int[] {side, side};
        }
        long[] kernels = store.get(first).shape();
        int channels = kernels.length == 4 ? (int) kernels[1] : 3;
        int classes = (int) store.get(last).count();
        return new NetworkSpec(variant.withGrid(grid[0], grid[1]), channels, classes, alignCorners);
    }

    private static List<String> having(Map<String, TensorSpec> layers, Role role) {
        return layers.entrySet().stream()
                .filter(entry -> entry.getValue().role() == role)
                .map(Map.Entry::getKey)
                .toList();
    }

    private void check(Path file, TensorStore store, Map<String, TensorSpec> layers) throws ModelFormatException {
        for (Map.Entry<String, TensorSpec> entry : layers.entrySet()) {
            long[] shape = store.has(entry.getKey()) ? store.get(entry.getKey()).shape() : new long[0];
            boolean fits = store.has(entry.getKey())
                    && list(shape).equals(entry.getValue().shape());
            if (!fits) {
                throw mismatch(file, entry.getKey(), layers, shape);
            }
        }
    }

    private ModelFormatException mismatch(Path file, String name, Map<String, TensorSpec> layers, long... found) {
        String actual = found.length == 0 ? "is missing" : "has the shape " + list(found);
        return new ModelFormatException(
                file,
                "the tensor " + name + " " + actual + ", but variant " + variant.name() + " needs "
                        + layers.get(name).shape(),
                "Choose another variant (T, S, L, L384), or get the file again.");
    }

    private static List<Long> list(long... shape) {
        return Arrays.stream(shape).boxed().toList();
    }

    private static ModelSpec spec(Path file, Path folder, NetworkSpec network) {
        String name = folder.toAbsolutePath().normalize().getFileName().toString();
        Variant.Transformer positions = network.variant().transformer();
        InputSpec input = new InputSpec(
                InputSpec.Rule.RESIZE,
                List.of(
                        positions.grid().get(0) * Variant.patch(),
                        positions.grid().get(1) * Variant.patch()),
                0.5,
                normalization(network.channels()),
                InputSpec.Sampling.AS_IS);
        JsonObject training = new JsonObject();
        training.addProperty("imported_from", file.getFileName().toString());
        return new ModelSpec(
                new Identity(
                        name.replaceAll("\\s+", "-"),
                        name,
                        "Imported from " + file.getFileName() + ".",
                        "unknown: ask whoever published the weights"),
                network,
                input,
                new OutputSpec(classes(network.classes()), OutputSpec.Kind.CLASSES, 0.5, 0, false),
                new ModelHistory(training, new JsonObject(), new JsonObject(), new JsonObject()));
    }

    private static Normalization normalization(int channels) {
        return channels == 3
                ? Normalization.IMAGENET
                : new Normalization(Normalization.Kind.ZSCORE, List.of(), List.of(), 0, 100);
    }

    private static List<OutputSpec.ClassSpec> classes(int outputs) {
        int foreground = Math.max(1, outputs - 1);
        return IntStream.range(0, foreground)
                .mapToObj(i -> new OutputSpec.ClassSpec(
                        foreground == 1 ? "foreground" : "class " + (i + 1), COLORS[i % COLORS.length]))
                .toList();
    }
}
