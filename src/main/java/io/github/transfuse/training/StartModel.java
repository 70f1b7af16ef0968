package io.github.transfuse.training;

import io.github.transfuse.engine.TrainingPlan.Origin;
import io.github.transfuse.model.ModelFolder;
import io.github.transfuse.model.ModelSpec;

/**
 * The model that a training starts from.
 *
 * @param folder of the model
 * @param origin why it: asked for, the nearest, or the general one
 */
record StartModel(ModelFolder folder, Origin origin) {

    ModelSpec spec() {
        return folder.spec();
    }

    /** Whether it knows no task of its own, so that the new model takes its weights alone. */
    boolean isGeneral() {
        return origin == Origin.GENERAL;
    }
}
