package io.github.transfuse.dicom;

import java.io.IOException;

/** The bytes of one frame after the other, as they lie in a file. */
@FunctionalInterface
interface FrameBytes {
    /** The bytes of a frame, counted from 0. */
    byte[] frame(int index) throws IOException;
}
