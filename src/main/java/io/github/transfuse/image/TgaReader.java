package io.github.transfuse.image;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Reads TGA: grey, colours and colour tables, run lengths too. By hand, because ImageIO's readers refuse runs that go on in the next
 * row and take cut pictures for whole. Nothing at the begin of such a file is its own, so its name must end in {@code .tga}.
 */
final class TgaReader {
    private static final int HEADER = 18;
    private static final int MAPPED = 1;
    private static final int COLORS = 2;
    private static final int GREY = 3;
    private static final int RUNS = 8;
    private static final int MAX_RUN = 128;
    private static final String START = "..(00(02|03|0a|0b)|01(01|09)).*";

    private final Path file;
    private final ByteBuffer in;
    private final int type;
    private final int width;
    private final int height;
    private final int bits;
    private final int flags;

    private TgaReader(Path file, byte... bytes) {
        this.file = file;
        in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        type = in.get(2) & ~RUNS;
        width = in.getShort(12) & 0xffff;
        height = in.getShort(14) & 0xffff;
        bits = in.get(16) & 0xff;
        flags = in.get(17);
    }

    static boolean is(Path file, String hex) {
        boolean named = file.getFileName().toString().toLowerCase(Locale.ROOT).endsWith(".tga");
        return named && hex.length() >= 2 * HEADER && hex.matches(START);
    }

    static CalibratedImage read(Path file, boolean labels) throws IOException {
        try {
            return new TgaReader(file, Files.readAllBytes(file)).read(labels);
        } catch (UnsupportedImageException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            throw ImageFiles.damaged(file, e);
        }
    }

    private CalibratedImage read(boolean labels) throws IOException {
        PlaneLimit.check(file, width, height);
        int tableBits = type == MAPPED ? in.get(7) & 0xff : 24;
        boolean known = type == COLORS ? isColor(bits) : bits == 8 && isColor(tableBits);
        if (!known || (flags & 0xc0) != 0) {
            throw new UnsupportedImageException(
                    file, "a TGA of kind " + in.get(2) + " with " + bits + " bits is not read", "Save it as PNG.");
        }
        int table = HEADER + (in.get(0) & 0xff);
        int begin = table + (in.get(1) == 1 ? (in.getShort(5) & 0xffff) * (((in.get(7) & 0xff) + 7) / 8) : 0);
        byte[] pixels = upright(unpacked(begin));
        String name = file.getFileName().toString();
        if (type == GREY || (type == MAPPED && labels)) {
            return new RawPicture(name, width, height, List.of(pixels), 255).as(labels);
        }
        List<Object> planes = type == COLORS
                ? colors(pixels, bits)
                : looked(pixels, colors(Arrays.copyOfRange(in.array(), table, begin), tableBits));
        return new RawPicture(name, width, height, planes, 255).as(labels);
    }

    private static boolean isColor(int bits) {
        return bits == 15 || bits == 16 || bits == 24 || bits == 32;
    }

    private byte[] unpacked(int begin) throws IOException {
        int size = (bits + 7) / 8;
        long needed = (long) width * height * size;
        long room = in.capacity() - (long) begin;
        boolean runs = (in.get(2) & RUNS) != 0;
        if (needed > (runs ? MAX_RUN * room : room)) {
            throw new IOException("its pixels need " + needed + " bytes, which the file cannot hold");
        }
        byte[] pixels = new byte[Math.toIntExact(needed)];
        if (!runs) {
            in.get(begin, pixels);
            return pixels;
        }
        int at = begin;
        for (int done = 0; done < pixels.length; ) {
            if (at >= in.capacity()) {
                throw new EOFException();
            }
            int packet = in.get(at++);
            int length = ((packet & 0x7f) + 1) * size;
            if (length > pixels.length - done || (packet < 0 ? size : length) > in.capacity() - at) {
                throw new IOException("it holds another number of pixels than its size needs");
            }
            for (int i = 0; i < length; i++) {
                pixels[done + i] = in.get(at + (packet < 0 ? i % size : i));
            }
            at += packet < 0 ? size : length;
            done += length;
        }
        return pixels;
    }

    /** Rows are stored from below, unless it is said. */
    private byte[] upright(byte... pixels) {
        int size = (bits + 7) / 8;
        boolean fromAbove = (flags & 0x20) != 0;
        boolean fromRight = (flags & 0x10) != 0;
        byte[] turned = new byte[pixels.length];
        for (int i = 0; i < width * height; i++) {
            int x = fromRight ? width - 1 - i % width : i % width;
            int y = fromAbove ? i / width : height - 1 - i / width;
            System.arraycopy(pixels, i * size, turned, (y * width + x) * size, size);
        }
        return turned;
    }

    /** Red, green, blue, and the opacity if it is said that there is one. */
    private List<Object> colors(byte[] stored, int depth) {
        int size = (depth + 7) / 8;
        int count = stored.length / size;
        boolean opacity = (flags & 0xf) != 0 && (depth == 32 || depth == 16);
        List<Object> planes = new ArrayList<>();
        for (int c = 0; c < (opacity ? 4 : 3); c++) {
            byte[] plane = new byte[count];
            for (int i = 0; i < count; i++) {
                plane[i] = (byte) (size == 2 ? ofFive(stored, i, c) : stored[i * size + (c == 3 ? 3 : 2 - c)]);
            }
            planes.add(plane);
        }
        return planes;
    }

    private static int ofFive(byte[] stored, int i, int color) {
        int value = (stored[2 * i] & 0xff) | (stored[2 * i + 1] & 0xff) << 8;
        return color == 3 ? (value >> 15) * 255 : ((value >> (10 - 5 * color) & 31) * 255 + 15) / 31;
    }

    private List<Object> looked(byte[] indices, List<Object> table) {
        int first = in.getShort(3) & 0xffff;
        List<Object> planes = new ArrayList<>();
        for (Object each : table) {
            byte[] colors = (byte[]) each;
            byte[] plane = new byte[indices.length];
            for (int i = 0; i < plane.length; i++) {
                plane[i] = colors[(indices[i] & 0xff) - first];
            }
            planes.add(plane);
        }
        boolean grey = planes.size() == 3
                && Arrays.equals((byte[]) planes.get(0), (byte[]) planes.get(1))
                && Arrays.equals((byte[]) planes.get(0), (byte[]) planes.get(2));
        return grey ? planes.subList(0, 1) : planes;
    }
}
