package io.github.transfuse.evaluation;

import com.google.gson.JsonObject;
import io.github.transfuse.TransFuse;
import io.github.transfuse.engine.Device;
import io.github.transfuse.engine.WatchedNetwork;
import io.github.transfuse.image.CalibratedImage;
import io.github.transfuse.model.ActivationRanges;
import io.github.transfuse.model.ModelFolder;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** Finds which numbers reach the operations of a network on some images, and records it in the model: int8 needs it. */
final class Calibration {

    /** More would hardly widen the ranges. */
    static final int MAX_IMAGES = 32;

    private Calibration() {}

    /** Images, read one after the other. */
    @FunctionalInterface
    interface Images {
        /**
         * Reads all of them; those that cannot be read are left out.
         *
         * @param use is given each
         */
        void forEach(Use use) throws IOException;
    }

    /** What is done with an image. */
    @FunctionalInterface
    interface Use {
        void of(CalibratedImage image) throws IOException;
    }

    /**
     * The ranges, where int8 is possible; the notes say why not.
     *
     * @param device that the model computes on
     */
    static Optional<ActivationRanges> ranges(
            TransFuse model, Device device, Formats formats, Images images, Consumer<String> notes) throws IOException {
        String obstacle = "";
        if (device.kind() != Device.Kind.CPU) {
            obstacle = "int8 is for processors";
        } else {
            try {
                Optional<ActivationRanges> ranges = watched(model, formats.watch(model.model()), images);
                if (ranges.isPresent()) {
                    return ranges;
                }
                obstacle = "no image can be read";
            } catch (IllegalArgumentException e) {
                obstacle = e.getMessage().replaceAll("[.]$", "");
            }
        }
        notes.accept("No int8 check: " + obstacle + ".");
        return Optional.empty();
    }

    private static Optional<ActivationRanges> watched(TransFuse model, WatchedNetwork network, Images images)
            throws IOException {
        AtomicInteger seen = new AtomicInteger();
        try (TransFuse watching =
                TransFuse.with(model.model(), options -> network).settings(model.settings())) {
            images.forEach(image -> {
                watching.segment(image);
                seen.incrementAndGet();
            });
            return seen.get() > 0 ? Optional.of(network.ranges()) : Optional.empty();
        }
    }

    /** The model with these ranges written into its folder; its checks stay. */
    static ModelFolder recorded(ModelFolder model, ActivationRanges ranges) throws IOException {
        JsonObject checks = model.spec().history().checks().deepCopy();
        ranges.writeTo(checks);
        return model.recorded(checks);
    }
}
