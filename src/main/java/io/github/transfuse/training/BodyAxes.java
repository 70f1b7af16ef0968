package io.github.transfuse.training;

import io.github.transfuse.image.Axis;
import io.github.transfuse.image.CalibratedImage;
import io.github.transfuse.image.Placement;
import io.github.transfuse.model.InputSpec;
import java.util.List;
import java.util.Optional;

/**
 * Chooses the axes of the body along which a new model sees volumes: to the right, front and top (RAS), but where voxels
 * are thicker along another axis than the last, or the network sees single slices, the slices stay what they are in most
 * of the files, because a network of slices shall see no planes that nobody looked at.
 *
 * @param mode of the model
 * @param known those of the model that is fine-tuned, if it has such
 */
record BodyAxes(InputSpec.Mode mode, Optional<String> known) {
    /** Voxels are thick where they are this many times as long as along the shortest axis. */
    private static final double THICK = 1.5;

    /** In the order of their last axes: across the body from left to right, from back to front, from bottom to top. */
    private static final List<String> CANONICAL = List.of("ASR", "RSA", "RAS");

    /**
     * The axes for these images.
     *
     * @return empty if none is a volume whose file says how it lies in the body
     */
    Optional<String> of(List<CalibratedImage> images) {
        if (known.isPresent()) {
            return known;
        }
        int[] votes = new int[CANONICAL.size()];
        boolean any = false;
        for (CalibratedImage image : images) {
            Optional<Placement> placement = image.placement().filter(Placement::isAnatomical);
            if (placement.isPresent() && image.dimension(Axis.Kind.Z).isPresent()) {
                votes[slicesAcross(placement.get())]++;
                any = true;
            }
        }
        int most = CANONICAL.size() - 1;
        for (int i = most; i >= 0; i--) {
            most = votes[i] > votes[most] ? i : most;
        }
        return any ? Optional.of(CANONICAL.get(most)) : Optional.empty();
    }

    /** Index among {@link #CANONICAL}. */
    private int slicesAcross(Placement placement) {
        int top = CANONICAL.size() - 1;
        if (mode == InputSpec.Mode.TRIPLANAR) {
            return top;
        }
        int last = across(placement, 2);
        return mode == InputSpec.Mode.VOLUME
                ? thickest(placement).map(d -> across(placement, d)).orElse(top)
                : last;
    }

    /** The axis along which voxels are much longer than along both others. */
    private static Optional<Integer> thickest(Placement placement) {
        List<Double> spacing = placement.spacing();
        for (int d = 0; d < spacing.size(); d++) {
            double others = Math.max(spacing.get((d + 1) % 3), spacing.get((d + 2) % 3));
            if (spacing.get(d) >= THICK * others) {
                return Optional.of(d);
            }
        }
        return Optional.empty();
    }

    private static int across(Placement placement, int axis) {
        char letter = placement.codes().charAt(axis);
        return "RL".indexOf(letter) >= 0 ? 0 : "AP".indexOf(letter) >= 0 ? 1 : 2;
    }
}
