package io.github.transfuse.dicom;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Unpacks lossless JPEG: a sample is predicted from its neighbours to the left and above, and what it differs by is stored
 * by Huffman's codes (ITU-T T.81, process 14, all seven predictors). No library does it without taking over the JPEG
 * reader of the whole program it runs in.
 */
final class LosslessJpeg {
    private static final int FRAME = 0xc3;
    private static final int TABLES = 0xc4;
    private static final int SCAN = 0xda;
    private static final int RESTART = 0xdd;
    private static final int END = 0xd9;

    private final PixelForm form;
    private final ByteBuffer in;
    private final HuffmanCode[] codes = new HuffmanCode[4];
    private int[][] planes = new int[0][];
    private int[] names = new int[0];
    private int precision;
    private int restart;
    private int done;

    private LosslessJpeg(PixelForm form, byte... stream) {
        this.form = form;
        in = ByteBuffer.wrap(stream);
    }

    static Object[] unpack(PixelForm form, byte... stream) throws IOException {
        return new LosslessJpeg(form, stream).unpack();
    }

    private Object[] unpack() throws IOException {
        while (done < form.samples()) {
            int marker = marker();
            if (marker == END) {
                throw new IOException("a JPEG stream ends before its last scan");
            }
            if (marker == 0xd8) {
                continue;
            }
            int length = in.remaining() < 2 ? 0 : Short.toUnsignedInt(in.getShort());
            if (length < 2 || length - 2 > in.remaining()) {
                throw new IOException("a JPEG stream ends too early");
            }
            ByteBuffer part = in.slice(in.position(), length - 2);
            in.position(in.position() + length - 2);
            take(marker, part);
        }
        Object[] samples = new Object[planes.length];
        for (int s = 0; s < samples.length; s++) {
            samples[s] = Samples.array(form);
            for (int i = 0; i < planes[s].length; i++) {
                Samples.put(samples[s], i, form.value(planes[s][i]));
            }
        }
        return samples;
    }

    private int marker() throws IOException {
        while (in.remaining() >= 2) {
            if (in.get() == -1) {
                int marker = in.get(in.position()) & 0xff;
                if (marker != 0xff && marker != 0) {
                    in.get();
                    return marker;
                }
            }
        }
        throw new IOException("a JPEG stream ends too early");
    }

    private void take(int marker, ByteBuffer part) throws IOException {
        if (marker == FRAME) {
            frame(part);
        } else if (marker == TABLES) {
            while (part.hasRemaining()) {
                int number = part.get() & 0xff;
                if (number >= codes.length) {
                    throw new IOException("a JPEG stream has a table " + number);
                }
                codes[number] = HuffmanCode.read(part);
            }
        } else if (marker == RESTART) {
            restart = Short.toUnsignedInt(part.getShort());
        } else if (marker == SCAN) {
            scan(part);
        } else if (marker > FRAME - 4 && marker <= 0xcf && marker != 0xc8 && marker != 0xcc) {
            throw new UnknownDicomException("its pixels are compressed by another kind of JPEG than the file says");
        }
    }

    private void frame(ByteBuffer part) throws IOException {
        precision = part.get() & 0xff;
        int rows = Short.toUnsignedInt(part.getShort());
        int columns = Short.toUnsignedInt(part.getShort());
        int count = part.get() & 0xff;
        boolean fits = rows == form.rows() && columns == form.columns() && count == form.samples();
        if (!fits || precision < 2 || precision > form.allocated() || precision > Short.SIZE) {
            throw new IOException("a JPEG stream of " + columns + " x " + rows + " pixels of " + count + " x "
                    + precision + " bits, which the file does not say");
        }
        if (form.pixels() / Byte.SIZE > in.capacity()) {
            throw new IOException("a JPEG stream ends too early");
        }
        planes = new int[count][form.pixels()];
        names = new int[count];
        for (int c = 0; c < count; c++) {
            names[c] = part.get() & 0xff;
            if (part.get() != 0x11) {
                throw new UnknownDicomException("its colours are stored for fewer pixels");
            }
            part.get();
        }
    }

    private void scan(ByteBuffer part) throws IOException {
        int count = part.get() & 0xff;
        if (count < 1 || count > planes.length) {
            throw new IOException("a JPEG stream has a scan of " + count + " colours");
        }
        int[][] targets = new int[count][];
        HuffmanCode[] tables = new HuffmanCode[count];
        for (int c = 0; c < count; c++) {
            int name = part.get() & 0xff;
            for (int s = 0; s < names.length; s++) {
                targets[c] = names[s] == name ? planes[s] : targets[c];
            }
            int table = part.get() >> 4 & 0xf;
            tables[c] = table < codes.length ? codes[table] : null;
            if (targets[c] == null || tables[c] == null) {
                throw new IOException("a JPEG stream lacks a table, or names a colour that it does not have");
            }
        }
        int predictor = part.get() & 0xff;
        part.get();
        int shift = part.get() & 0xf;
        if (predictor < 1 || predictor > 7 || shift >= precision) {
            throw new IOException("a JPEG stream has predictor " + predictor);
        }
        decode(targets, tables, predictor, shift);
        done += count;
    }

    private void decode(int[][] targets, HuffmanCode[] tables, int predictor, int shift) throws IOException {
        BitInput bits = new BitInput(in);
        int columns = form.columns();
        int first = 0; // the row in which prediction began anew
        int count = form.pixels();
        for (int i = 0; i < count; i++) {
            if (restart > 0 && i > 0 && i % restart == 0) {
                bits.restart();
                first = i / columns;
            }
            int x = i % columns;
            int y = i / columns;
            for (int c = 0; c < targets.length; c++) {
                int[] plane = targets[c];
                int left = x > 0 ? plane[i - 1] >> shift : 0;
                int above = y > first ? plane[i - columns] >> shift : 0;
                int predicted;
                if (y == first) {
                    boolean begins = restart > 0 ? i % restart == 0 : i == 0;
                    predicted = begins ? 1 << (precision - shift - 1) : left;
                } else if (x == 0) {
                    predicted = above;
                } else {
                    predicted = predict(predictor, left, above, plane[i - columns - 1] >> shift);
                }
                plane[i] = ((predicted + tables[c].difference(bits)) & 0xffff) << shift;
            }
        }
        bits.finish();
    }

    private static int predict(int predictor, int left, int above, int corner) {
        return switch (predictor) {
            case 1 -> left;
            case 2 -> above;
            case 3 -> corner;
            case 4 -> left + above - corner;
            case 5 -> left + ((above - corner) >> 1);
            case 6 -> above + ((left - corner) >> 1);
            default -> (left + above) >> 1;
        };
    }
}
