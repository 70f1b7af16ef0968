package io.github.transfuse;

import io.github.transfuse.engine.EngineLoader;
import io.github.transfuse.model.ModelFolder;

/** Models of tests whose networks are narrower than those that {@code model.json} can name. */
public final class NarrowModels {
    private NarrowModels() {}

    /** A model with the network that its description in memory has. */
    public static TransFuse open(ModelFolder model) {
        return TransFuse.with(model, options -> EngineLoader.engine().open(model, options));
    }
}
