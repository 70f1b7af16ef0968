package io.github.transfuse.qupath;

import java.nio.file.Path;
import java.util.List;

/**
 * What became of a training.
 *
 * @param name by which {@link TransFuseBuilder} finds the model
 * @param folder of the model
 * @param regions that were written and learned, or judged the training
 * @param notes all that was told: what there was to learn, what the start keeps, how good the model is
 */
public record TrainedModel(String name, Path folder, int regions, List<String> notes) {

    /** Copies the list. */
    public TrainedModel {
        notes = List.copyOf(notes);
    }
}
