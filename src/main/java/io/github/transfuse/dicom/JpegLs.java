package io.github.transfuse.dicom;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Unpacks JPEG-LS, lossless and near-lossless (ITU-T T.87). No library does it in Java alone. */
final class JpegLs {
    private static final int START = 0xd8;
    private static final int END = 0xd9;
    private static final int SCAN = 0xda;
    private static final int RESTART = 0xdd;
    private static final int COLORS = 0xe8;
    private static final int FRAME = 0xf7;
    private static final int PRESET = 0xf8;

    private final PixelForm form;
    private final ByteBuffer in;
    private final int[] preset = new int[5];
    private Object[] planes = new Object[0];
    private int[] names = new int[0];
    private int precision;
    private int done;

    private JpegLs(PixelForm form, byte... stream) {
        this.form = form;
        in = ByteBuffer.wrap(stream);
    }

    static Object[] unpack(PixelForm form, byte... stream) throws IOException {
        return new JpegLs(form, stream).unpack();
    }

    private Object[] unpack() throws IOException {
        while (done < form.samples()) {
            int marker = marker();
            if (marker == END) {
                throw new IOException("a JPEG-LS stream ends before its last scan");
            }
            if (marker != START) {
                int length = in.remaining() < 2 ? 0 : Short.toUnsignedInt(in.getShort());
                if (length < 2 || length - 2 > in.remaining()) {
                    throw new IOException("a JPEG-LS stream ends too early");
                }
                ByteBuffer part = in.slice(in.position(), length - 2);
                in.position(in.position() + length - 2);
                take(marker, part);
            }
        }
        return planes;
    }

    private int marker() throws IOException {
        while (in.remaining() >= 2) {
            if (in.get() == -1) {
                int marker = in.get(in.position()) & 0xff;
                if (marker != 0xff && marker >= 0x80) {
                    in.get();
                    return marker;
                }
            }
        }
        throw new IOException("a JPEG-LS stream ends too early");
    }

    private void take(int marker, ByteBuffer part) throws IOException {
        switch (marker) {
            case FRAME -> frame(part);
            case PRESET -> preset(part);
            case SCAN -> scan(part);
            case RESTART -> require(zeros(part), "is in parts");
            case COLORS ->
                require(
                        part.remaining() < 5 || part.getInt(0) != 0x6d726678 || part.get(4) == 0, // mrfx
                        "has colours that are not those of DICOM");
            default -> require(marker < 0xc0 || marker > 0xcf, "is another kind of JPEG");
        }
    }

    private static boolean zeros(ByteBuffer part) {
        boolean zeros = true;
        while (part.hasRemaining()) {
            zeros &= part.get() == 0;
        }
        return zeros;
    }

    private static void require(boolean known, String otherwise) throws UnknownDicomException {
        if (!known) {
            throw new UnknownDicomException("its JPEG-LS " + otherwise);
        }
    }

    private void frame(ByteBuffer part) throws IOException {
        precision = part.get() & 0xff;
        int rows = Short.toUnsignedInt(part.getShort());
        int columns = Short.toUnsignedInt(part.getShort());
        int count = part.get() & 0xff;
        boolean fits = rows == form.rows() && columns == form.columns() && count == form.samples();
        if (!fits || precision < 2 || precision > form.allocated() || precision > Short.SIZE || names.length > 0) {
            throw new IOException("a JPEG-LS stream of " + columns + " x " + rows + " pixels of " + count + " x "
                    + precision + " bits, which the file does not say");
        }
        // A row takes a bit at least
        if (rows / Byte.SIZE > in.remaining()) {
            throw new IOException("a JPEG-LS stream ends too early");
        }
        planes = new Object[count];
        names = new int[count];
        for (int c = 0; c < count; c++) {
            names[c] = part.get() & 0xff;
            require(part.get() == 0x11, "has colours that are stored for fewer pixels");
            part.get();
        }
    }

    private void preset(ByteBuffer part) throws UnknownDicomException {
        require(part.get() == 1, "has a table of colours, or more pixels than usual");
        for (int i = 0; i < preset.length; i++) {
            preset[i] = Short.toUnsignedInt(part.getShort());
        }
    }

    private void scan(ByteBuffer part) throws IOException {
        int count = part.get() & 0xff;
        if (names.length == 0 || count == 0 || done + count > names.length) {
            throw new IOException("a JPEG-LS stream has a scan of " + count + " samples");
        }
        for (int c = 0; c < count; c++) {
            if ((part.get() & 0xff) != names[done + c]) {
                throw new IOException("a JPEG-LS stream has its colours in another order");
            }
            require(part.get() == 0, "has a table of colours");
        }
        int near = part.get() & 0xff;
        int order = part.get() & 0xff;
        if (order > 2 || (order == 0) != (count == 1)) {
            throw new IOException("a JPEG-LS stream has a scan of " + count + " samples in the order " + order);
        }
        require(part.get() == 0, "has samples without their lower bits");
        JpegLsCoding coding = JpegLsCoding.of(precision, near, preset);
        rows(new JpegLsScan(coding, in, form.columns(), count), count, order == 2);
        done += count;
    }

    private void rows(JpegLsScan scan, int count, boolean alternating) throws IOException {
        int[][] above = new int[count][form.columns() + 2];
        int[][] row = new int[count][form.columns() + 2];
        for (int c = 0; c < count; c++) {
            planes[done + c] = Samples.array(form);
        }
        for (int y = 0; y < form.rows(); y++) {
            if (alternating) {
                scan.row(above, row, 0);
            } else {
                for (int c = 0; c < count; c++) {
                    scan.row(new int[][] {above[c]}, new int[][] {row[c]}, c);
                }
            }
            for (int c = 0; c < count; c++) {
                for (int x = 0; x < form.columns(); x++) {
                    Samples.put(planes[done + c], y * form.columns() + x, form.value(row[c][x + 1]));
                }
            }
            int[][] next = above;
            above = row;
            row = next;
        }
    }
}
