package io.github.transfuse.dicom;

import java.io.IOException;

/** Makes the bytes of a frame samples. */
@FunctionalInterface
interface FrameCodec {
    /** For each sample of a pixel an array of all pixels. */
    Object[] unpack(PixelForm form, byte... stored) throws IOException;
}
