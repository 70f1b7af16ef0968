package io.github.transfuse.samples;

import io.github.transfuse.image.Axis;
import io.github.transfuse.image.CalibratedImage;
import java.util.ArrayList;
import java.util.List;

/** Takes stacks apart. */
final class StackPlanes {

    private StackPlanes() {}

    /** The planes of an image in the order X, Y, Z, TIME, CHANNEL, without the axes Z and TIME. */
    static List<CalibratedImage> of(CalibratedImage image) {
        List<CalibratedImage> planes = new ArrayList<>();
        for (long t = 0; t < image.size(Axis.Kind.TIME); t++) {
            for (long z = 0; z < image.size(Axis.Kind.Z); z++) {
                planes.add(image.slice(Axis.Kind.TIME, t).slice(Axis.Kind.Z, z));
            }
        }
        return planes;
    }
}
