package io.github.transfuse.model;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.Optional;

/**
 * Where a model comes from and how good it is, kept as JSON so that nothing is lost that this version does not know.
 *
 * @param training command, seed, versions, data list with hashes, split
 * @param metrics figures on the validation split, such as {@code dice}
 * @param checks what was verified about these weights, such as {@code bf16_dice} and {@code bf16_n}
 * @param unknown fields of {@code model.json} that this version does not know, written back as they were
 */
public record ModelHistory(JsonObject training, JsonObject metrics, JsonObject checks, JsonObject unknown) {

    /** A history of nothing. */
    public static ModelHistory empty() {
        return new ModelHistory(new JsonObject(), new JsonObject(), new JsonObject(), new JsonObject());
    }

    /** The history of a model that is yet to be trained, on masks with these values. */
    public static ModelHistory of(MaskValues values) {
        ModelHistory history = empty();
        values.addTo(history.training);
        return history;
    }

    /**
     * The values of classes in the masks of the training, where they are not indices.
     *
     * @throws IllegalArgumentException if they cannot be understood; never for a model that was read from a folder
     */
    public Optional<MaskValues> maskValues() {
        return MaskValues.of(training);
    }

    /** Whether all planned epochs were trained, or the training ended early of itself; what was stopped was not. */
    public boolean isTrainedToItsEnd() {
        JsonElement epochs = training.get("epochs");
        return training.has("ended_early") || (epochs != null && epochs.equals(training.get("epochs_planned")));
    }
}
