package io.github.transfuse.torch.train;

import io.github.transfuse.torch.nn.ShapeText;
import io.github.transfuse.torch.nn.StateDict;
import io.github.transfuse.torch.nn.TransFuseNetwork;
import io.github.transfuse.weights.DType;
import io.github.transfuse.weights.ModelFormatException;
import io.github.transfuse.weights.Safetensors;
import io.github.transfuse.weights.StoredTensor;
import io.github.transfuse.weights.TensorStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.pytorch.Tensor;

/**
 * Everything a training needs to go on exactly as if it had never stopped: weights, the optimiser's vectors and where it
 * was. Random numbers need no state, because they follow from seed, epoch and example.
 *
 * @param epoch last finished epoch
 * @param best epoch so far
 * @param ending if the training ends early
 * @param start what the training started from, in words
 */
record Checkpoint(int epoch, Selection best, Optional<EarlyEnd> ending, String start) {

    private static final String UNKNOWN = "not recorded";

    /** Writes the file at once or not at all. */
    void write(Path file, TransFuseNetwork network, Optimizer optimizer) throws IOException {
        List<StoredTensor> tensors = new ArrayList<>(StateDict.store(network, DType.F32));
        optimizer.vectors().forEach((name, tensor) -> tensors.add(StateDict.store(name, tensor, DType.F32)));
        Map<String, String> metadata = new LinkedHashMap<>();
        metadata.put("epoch", Integer.toString(epoch));
        metadata.put("steps", Long.toString(optimizer.adam().steps()));
        metadata.put("best_score", Double.toString(best.score()));
        metadata.put("best_epoch", Integer.toString(best.epoch()));
        metadata.put("level", Double.toString(best.level()));
        metadata.put("chosen_by", best.by());
        metadata.put("risen_to", Double.toString(best.risenTo()));
        metadata.put("risen_in", Integer.toString(best.risenIn()));
        ending.ifPresent(end -> end.addTo(metadata));
        metadata.put("start", start);
        Safetensors.write(file, tensors, metadata);
    }

    /**
     * Restores network and optimiser.
     *
     * @throws ModelFormatException if the file is damaged or belongs to another network; nothing is changed then
     */
    static Checkpoint read(Path file, TransFuseNetwork network, Optimizer optimizer) throws IOException {
        TensorStore store = open(file);
        Map<String, Tensor> wanted = new LinkedHashMap<>(network.stateDict());
        wanted.putAll(optimizer.vectors());
        for (Map.Entry<String, Tensor> entry : wanted.entrySet()) {
            requireFitting(file, store, entry.getKey(), entry.getValue());
        }
        try {
            Map<String, String> metadata = store.metadata();
            Checkpoint read = new Checkpoint(
                    Integer.parseInt(metadata.get("epoch")),
                    selection(metadata),
                    EarlyEnd.of(metadata),
                    metadata.getOrDefault("start", UNKNOWN));
            optimizer.adam().resume(Long.parseLong(metadata.get("steps")));
            for (Map.Entry<String, Tensor> entry : wanted.entrySet()) {
                StateDict.copy(store.get(entry.getKey()), entry.getValue());
            }
            return read;
        } catch (NumberFormatException | NullPointerException e) {
            throw new ModelFormatException(file + " does not say where the training was. " + wayOut(file), e);
        }
    }

    /** Checkpoints of before have no rises: there, every better epoch was one. */
    private static Selection selection(Map<String, String> metadata) {
        String score = metadata.get("best_score");
        String epoch = metadata.get("best_epoch");
        return new Selection(
                metadata.getOrDefault("chosen_by", ""),
                Double.parseDouble(score),
                Integer.parseInt(epoch),
                Double.parseDouble(metadata.getOrDefault("risen_to", score)),
                Integer.parseInt(metadata.getOrDefault("risen_in", epoch)),
                Double.parseDouble(metadata.getOrDefault("level", score)));
    }

    private static TensorStore open(Path file) throws IOException {
        try {
            return Safetensors.open(file);
        } catch (ModelFormatException e) {
            throw new ModelFormatException("The checkpoint is damaged: " + e.getMessage() + " " + wayOut(file), e);
        }
    }

    private static void requireFitting(Path file, TensorStore store, String name, Tensor wanted)
            throws ModelFormatException {
        if (!store.has(name) || !Arrays.equals(store.get(name).shape(), ShapeText.of(wanted))) {
            throw new ModelFormatException("The checkpoint " + file + " is of another network: tensor '" + name
                    + "' is missing or has another shape. Resume with the variant, channels, classes and averaging"
                    + " that the training was started with.");
        }
    }

    private static String wayOut(Path file) {
        Path previous = file.resolveSibling(RunFolder.PREVIOUS);
        return Files.exists(previous) && !file.endsWith(RunFolder.PREVIOUS)
                ? "Delete it to go on from " + previous.getFileName() + ", one epoch earlier."
                : "Start the training again without resume.";
    }
}
