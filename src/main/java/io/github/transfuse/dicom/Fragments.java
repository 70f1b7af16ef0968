package io.github.transfuse.dicom;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * Frames that are compressed: each is one or more fragments. Which belong to a frame, a table of offsets says, or that
 * there are as many as frames, or where pictures begin.
 */
final class Fragments implements FrameBytes {
    private static final int HEAD = 8;

    private final ByteSource in;
    private final List<Piece> pieces = new ArrayList<>();
    private final int[] firsts;
    private long table;
    private int tableLength;

    /** A fragment. */
    private record Piece(long at, int length) {}

    Fragments(ByteSource in, long at, int frames, DicomData data) throws IOException {
        this.in = in;
        list(at);
        if (pieces.size() < frames) {
            throw new IOException("it says that it has " + frames + " frames, but " + pieces.size() + " are found");
        }
        long[] offsets = offsets(data);
        firsts = new int[frames + 1];
        firsts[frames] = pieces.size();
        if (pieces.size() != frames && frames > 1) {
            find(frames, offsets);
        } else if (frames > 1) {
            for (int i = 0; i < frames; i++) {
                firsts[i] = i;
            }
        }
    }

    private void list(long from) throws IOException {
        long at = from;
        while (at + HEAD <= in.length()) {
            ByteBuffer head = ByteBuffer.wrap(in.read(at, HEAD)).order(ByteOrder.LITTLE_ENDIAN);
            int tag = head.getShort(0) << 16 | Short.toUnsignedInt(head.getShort(2));
            long length = Integer.toUnsignedLong(head.getInt(4));
            if (tag == DicomTag.SEQUENCE_END) {
                break;
            }
            if (tag != DicomTag.ITEM || length > in.length() - at - HEAD || length > Integer.MAX_VALUE - HEAD) {
                throw new IOException("its compressed pixels end too early, or hold something else");
            }
            if (at == from) {
                table = at + HEAD;
                tableLength = (int) length;
            } else {
                pieces.add(new Piece(at + HEAD, (int) length));
            }
            at += HEAD + length;
        }
        if (pieces.isEmpty()) {
            throw new IOException("it has no compressed pixels");
        }
    }

    /** Of frames, counted from the first fragment; none if no table says them. */
    private long[] offsets(DicomData data) throws IOException {
        byte[] bytes = data.bytes(DicomTag.EXTENDED_OFFSETS);
        boolean extended = bytes.length > 0;
        ByteBuffer source =
                ByteBuffer.wrap(extended ? bytes : in.read(table, tableLength)).order(ByteOrder.LITTLE_ENDIAN);
        long[] offsets = new long[source.capacity() / (extended ? Long.BYTES : Integer.BYTES)];
        for (int i = 0; i < offsets.length; i++) {
            offsets[i] = extended ? source.getLong() : Integer.toUnsignedLong(source.getInt());
        }
        return offsets;
    }

    private void find(int frames, long... offsets) throws IOException {
        int found = 0;
        long origin = pieces.get(0).at - HEAD;
        for (int i = 0; i < pieces.size(); i++) {
            boolean first = offsets.length == frames
                    ? found < frames && pieces.get(i).at - HEAD - origin == offsets[found]
                    : startsPicture(pieces.get(i));
            if (first && found < frames) {
                firsts[found] = i;
            }
            found += first ? 1 : 0;
        }
        if (found != frames || firsts[0] != 0) {
            throw new IOException("it says that it has " + frames + " frames, but " + found + " are found");
        }
    }

    /** JPEG and its relatives. */
    private boolean startsPicture(Piece piece) throws IOException {
        byte[] start = in.read(piece.at, Math.min(2, piece.length));
        return start.length == 2 && start[0] == -1 && (start[1] == (byte) 0xd8 || start[1] == 0x4f);
    }

    @Override
    public byte[] frame(int index) throws IOException {
        long total = 0;
        for (int i = firsts[index]; i < firsts[index + 1]; i++) {
            total += pieces.get(i).length;
        }
        byte[] bytes = new byte[Math.toIntExact(total)];
        int to = 0;
        for (int i = firsts[index]; i < firsts[index + 1]; i++) {
            Piece piece = pieces.get(i);
            System.arraycopy(in.read(piece.at, piece.length), 0, bytes, to, piece.length);
            to += piece.length;
        }
        return bytes;
    }
}
