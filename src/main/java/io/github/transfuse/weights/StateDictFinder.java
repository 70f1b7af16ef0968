package io.github.transfuse.weights;

import io.github.transfuse.weights.PickledValues.TensorRef;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Finds the table of tensors in what a checkpoint holds. */
final class StateDictFinder {
    /** Where programs keep weights; averages over the training come after the weights themselves. */
    private static final List<String> WRAPPERS = List.of(
            "state_dict",
            "model_state_dict",
            "model",
            "network_weights",
            "weights",
            "params",
            "net",
            "network",
            "ema",
            "params_ema",
            "model_ema");

    /** What data-parallel training, {@code torch.compile} and PyTorch Lightning put before all names. */
    private static final List<String> PREFIXES = List.of("module.", "_orig_mod.", "model.", "net.", "network.");

    private static final int MAX_WRAPPERS = 4;
    private static final int MAX_PREFIXES = 6;

    private StateDictFinder() {}

    /** Tensors by name, without wrappers and prefixes; entries of other kinds are left out. */
    static Map<String, TensorRef> tensors(Path file, Object root) throws ModelFormatException {
        if (!(root instanceof Map<?, ?> map)) {
            throw new ModelFormatException(
                    file, "it does not hold a table of tensors", "Save it with torch.save(model.state_dict(), path).");
        }
        Map<?, ?> table = unwrapped(map);
        Map<String, TensorRef> tensors = new LinkedHashMap<>();
        for (Map.Entry<?, ?> entry : table.entrySet()) {
            if (entry.getKey() instanceof String key && entry.getValue() instanceof TensorRef tensor) {
                String name = withoutPrefix(key);
                if (tensors.put(name, tensor) != null) {
                    throw new ModelFormatException(
                            file,
                            "two of its tensors are called '" + name
                                    + "' once prefixes such as 'module.' are taken off",
                            "Save the weights of one model only.");
                }
            }
        }
        if (tensors.isEmpty()) {
            throw new ModelFormatException(
                    file,
                    "it holds no tensors at its top level or under " + WRAPPERS + ", only " + names(table),
                    "Save it with torch.save(model.state_dict(), path).");
        }
        return tensors;
    }

    private static Map<?, ?> unwrapped(Map<?, ?> outer) {
        Map<?, ?> table = outer;
        // The bound ends the walk through a dictionary that holds itself.
        for (int i = 0; i < MAX_WRAPPERS && !holdsTensors(table); i++) {
            Map<?, ?> current = table;
            table = WRAPPERS.stream()
                    .map(current::get)
                    .filter(Map.class::isInstance)
                    .findFirst()
                    .<Map<?, ?>>map(Map.class::cast)
                    .orElse(current);
        }
        return table;
    }

    private static boolean holdsTensors(Map<?, ?> table) {
        return table.values().stream().anyMatch(TensorRef.class::isInstance);
    }

    private static String withoutPrefix(String key) {
        String name = key;
        for (int i = 0; i < MAX_PREFIXES; i++) {
            int length = PREFIXES.stream()
                    .filter(name::startsWith)
                    .findFirst()
                    .orElse("")
                    .length();
            name = name.substring(length);
        }
        return name;
    }

    private static List<String> names(Map<?, ?> table) {
        return table.keySet().stream()
                .filter(String.class::isInstance)
                .map(String.class::cast)
                .limit(10)
                .toList();
    }
}
