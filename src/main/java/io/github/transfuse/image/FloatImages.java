package io.github.transfuse.image;

import java.io.IOException;
import java.io.UncheckedIOException;
import net.imglib2.img.Img;
import net.imglib2.type.numeric.real.FloatType;

/** Makes float images for what lies between reading and computing: in memory while there is plenty, else mapped. */
final class FloatImages {
    private FloatImages() {}

    static Img<FloatType> create(long... size) {
        try {
            return ResultStore.now(note -> {}).floats(size);
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
    }
}
