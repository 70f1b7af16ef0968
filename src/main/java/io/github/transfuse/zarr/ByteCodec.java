package io.github.transfuse.zarr;

import java.io.IOException;

/** Unpacks bytes. */
@FunctionalInterface
interface ByteCodec {
    /**
     * Unpacks all bytes.
     *
     * @param stored whole, as packed
     * @param most bytes that there can be when unpacked; room for no more is ever taken
     * @return at most {@code most} bytes
     * @throws IOException if they are damaged
     */
    byte[] unpack(byte[] stored, int most) throws IOException;
}
