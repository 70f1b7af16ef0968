package io.github.transfuse.engine;

import io.github.transfuse.model.InputSpec;
import java.io.Serializable;

/**
 * A validation example as the network sees and segments it now, for people to look at.
 *
 * @param name stem of the example
 * @param height in pixels
 * @param width in pixels
 * @param rgb 0xRRGGBB per pixel, row-major
 * @param predicted class index per pixel
 * @param truth class index per pixel; 255 is left out
 */
public record Preview(String name, int height, int width, int[] rgb, byte[] predicted, byte[] truth)
        implements Serializable {

    /**
     * As radiologists see it and with letters at the edges, where the model knows how its volumes lie in the body.
     *
     * @param input of the model
     */
    public Preview inTheBody(InputSpec input) {
        return BodyView.of(input).map(view -> view.show(this)).orElse(this);
    }
}
