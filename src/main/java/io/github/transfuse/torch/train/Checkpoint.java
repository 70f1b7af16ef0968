package io.github.transfuse.torch.train;

import io.github.transfuse.torch.nn.StateDict;
import io.github.transfuse.torch.nn.TransFuseNetwork;
import io.github.transfuse.weights.DType;
import io.github.transfuse.weights.Safetensors;
import io.github.transfuse.weights.StoredTensor;
import io.github.transfuse.weights.TensorStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/**
 * Everything a training needs to go on exactly as if it had never stopped: weights, Adam's moments and where it was.
 * Random numbers need no state, because they follow from seed, epoch and example.
 *
 * @param epoch last finished epoch
 * @param bestDice best validation Dice so far
 * @param bestEpoch epoch of the best Dice
 */
record Checkpoint(int epoch, double bestDice, int bestEpoch) {

    private static final String MOMENT = "adam.";

    /** Writes the file at once or not at all. */
    void write(Path file, TransFuseNetwork network, Adam adam) throws IOException {
        List<StoredTensor> tensors = new ArrayList<>(StateDict.store(network, DType.F32));
        moments(adam).forEach((name, tensor) -> tensors.add(StateDict.store(name, tensor, DType.F32)));
        Map<String, String> metadata = new LinkedHashMap<>();
        metadata.put("epoch", Integer.toString(epoch));
        metadata.put("steps", Long.toString(adam.steps()));
        metadata.put("best_dice", Double.toString(bestDice));
        metadata.put("best_epoch", Integer.toString(bestEpoch));
        Safetensors.write(file, tensors, metadata);
    }

    /** Restores network and optimiser. */
    static Checkpoint read(Path file, TransFuseNetwork network, Adam adam) throws IOException {
        TensorStore store = Safetensors.open(file);
        for (Map.Entry<String, Tensor> entry : network.stateDict().entrySet()) {
            StateDict.copy(store.get(entry.getKey()), entry.getValue());
        }
        for (Map.Entry<String, Tensor> entry : moments(adam).entrySet()) {
            StateDict.copy(store.get(entry.getKey()), entry.getValue());
        }
        Map<String, String> metadata = store.metadata();
        adam.resume(Long.parseLong(metadata.get("steps")));
        return new Checkpoint(
                Integer.parseInt(metadata.get("epoch")),
                Double.parseDouble(metadata.get("best_dice")),
                Integer.parseInt(metadata.get("best_epoch")));
    }

    private static Map<String, Tensor> moments(Adam adam) {
        Map<String, Tensor> found = new LinkedHashMap<>();
        for (int i = 0; i < adam.means().size(); i++) {
            found.put(MOMENT + "mean." + i, adam.means().get(i));
            found.put(MOMENT + "square." + i, adam.squares().get(i));
        }
        return found;
    }
}
