package io.github.transfuse.engine;

import io.github.transfuse.model.InputSpec;
import java.util.Optional;

/**
 * How a plane of a volume is shown as radiologists see it, with letters at its edges: the patient's right is left, or in
 * planes from the side the front; the front, or the head, is at the top.
 *
 * @param transposed whether the axes change places, before they are mirrored
 * @param mirrored along x and along y
 * @param letters of the plane as it is shown
 */
record BodyView(boolean transposed, Mirrored mirrored, EdgeLetters letters) {
    /** To where pictures run, to the right or down, in the order in which an axis goes to the right before another. */
    private static final String SHOWN = "LPI";

    private static final String BACKWARDS = "RAS";

    /** Which axes run backwards. */
    record Mirrored(boolean x, boolean y) {}

    /**
     * The view of planes across z, where a model sees such and it is known how its volumes lie.
     *
     * @param input of the model
     */
    static Optional<BodyView> of(InputSpec input) {
        InputSpec.Sampling sampling = input.sampling();
        return sampling.mode() == InputSpec.Mode.TRIPLANAR
                ? Optional.empty()
                : sampling.orientation().map(axes -> along(axes.charAt(0), axes.charAt(1)));
    }

    /** The view of a plane whose axes point to these directions in the body. */
    static BodyView along(char x, char y) {
        boolean transposed = axis(x) > axis(y);
        char right = transposed ? y : x;
        char down = transposed ? x : y;
        Mirrored mirrored = new Mirrored(BACKWARDS.indexOf(right) >= 0, BACKWARDS.indexOf(down) >= 0);
        return new BodyView(
                transposed, mirrored, EdgeLetters.along(SHOWN.charAt(axis(right)), SHOWN.charAt(axis(down))));
    }

    private static int axis(char direction) {
        return Math.max(SHOWN.indexOf(direction), BACKWARDS.indexOf(direction));
    }

    /** Shows a plane. */
    Preview show(Preview plane) {
        int width = transposed ? plane.height() : plane.width();
        int height = transposed ? plane.width() : plane.height();
        Preview shown = new Preview(
                plane.name(),
                height,
                width,
                new int[width * height],
                new byte[width * height],
                new byte[width * height]);
        for (int at = 0; at < width * height; at++) {
            int x = mirrored.x ? width - 1 - at % width : at % width;
            int y = mirrored.y ? height - 1 - at / width : at / width;
            int from = transposed ? x * plane.width() + y : y * plane.width() + x;
            shown.rgb()[at] = plane.rgb()[from];
            shown.predicted()[at] = plane.predicted()[from];
            shown.truth()[at] = plane.truth()[from];
        }
        letters.draw(shown, 0, 0, width, height);
        return shown;
    }
}
