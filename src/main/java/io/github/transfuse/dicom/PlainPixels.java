package io.github.transfuse.dicom;

import java.io.IOException;

/**
 * Frames that are not compressed. They follow each other without a gap, of single bits within a byte.
 *
 * @param start of the first frame
 * @param swapped whether two neighbouring bytes are exchanged: bytes that are stored as words with the high byte first
 * @param length of all in bytes
 */
record PlainPixels(ByteSource in, long start, PixelForm form, boolean swapped, long length) implements FrameBytes {
    @Override
    public byte[] frame(int index) throws IOException {
        long first = form.frameBits() * index;
        long from = first / Byte.SIZE;
        long to = (first + form.frameBits() + Byte.SIZE - 1) / Byte.SIZE;
        byte[] bytes = swapped ? unswapped(from, to) : in.read(start + from, Math.toIntExact(to - from));
        return form.allocated() == 1 ? bits(bytes, (int) (first % Byte.SIZE)) : bytes;
    }

    private byte[] unswapped(long from, long to) throws IOException {
        byte[] bytes = new byte[Math.toIntExact(to - from)];
        long even = from / 2 * 2;
        byte[] words = in.read(start + even, Math.toIntExact(Math.min(length, (to + 1) / 2 * 2) - even));
        for (int i = 0; i < bytes.length; i++) {
            int other = (int) (from - even + i) ^ 1;
            bytes[i] = words[Math.min(other, words.length - 1)];
        }
        return bytes;
    }

    /** One byte for each bit, the lowest bit first. */
    private byte[] bits(byte[] bytes, int skipped) {
        byte[] bits = new byte[Math.toIntExact(form.frameBits())];
        for (int i = 0; i < bits.length; i++) {
            int at = skipped + i;
            bits[i] = (byte) (bytes[at / Byte.SIZE] >> at % Byte.SIZE & 1);
        }
        return bits;
    }
}
