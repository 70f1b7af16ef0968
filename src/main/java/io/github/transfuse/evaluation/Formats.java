package io.github.transfuse.evaluation;

import io.github.transfuse.TransFuse;
import io.github.transfuse.engine.Device;
import io.github.transfuse.engine.DeviceInfo;
import io.github.transfuse.engine.EngineLoader;
import io.github.transfuse.engine.WatchedNetwork;
import io.github.transfuse.model.ModelFolder;
import java.io.IOException;

/** What the check of number formats needs to know of the engine; tests need none. */
interface Formats {

    /** Those of the engine. */
    Formats HERE = new Formats() {
        @Override
        public boolean isFastInBf16(Device device) {
            return TransFuse.devices().stream()
                    .filter(info -> info.device().equals(device))
                    .anyMatch(DeviceInfo::nativeBf16);
        }

        @Override
        public WatchedNetwork watch(ModelFolder model) throws IOException {
            return EngineLoader.engine().watch(model, 0);
        }

        @Override
        public TransFuse open(ModelFolder model) throws IOException {
            return TransFuse.load(model.path().toString());
        }
    };

    /** Whether a device computes bf16 faster than float32. */
    boolean isFastInBf16(Device device);

    /**
     * Opens a network that remembers which numbers reach its operations.
     *
     * @throws IllegalArgumentException if networks of this kind cannot be computed in int8
     */
    WatchedNetwork watch(ModelFolder model) throws IOException;

    /** Loads a model whose record has changed. */
    TransFuse open(ModelFolder model) throws IOException;
}
