package io.github.transfuse.image;

import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads PBM, PGM, PPM and PAM, as text and as bytes. By hand, because the readers that there are spread all values over 8 or 16 bits, so
 * that the numbers of a label image are lost.
 */
final class PnmReader {
    private final Path file;
    private final byte[] bytes;
    private final PnmText text;

    private PnmReader(Path file, byte... bytes) {
        this.file = file;
        this.bytes = bytes;
        text = new PnmText(bytes);
    }

    /** The first picture. */
    static CalibratedImage read(Path file, boolean labels) throws IOException {
        try {
            return new PnmReader(file, Files.readAllBytes(file)).read(labels);
        } catch (UnsupportedImageException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            throw ImageFiles.damaged(file, e);
        }
    }

    private CalibratedImage read(boolean labels) throws IOException {
        PnmHeader header = PnmHeader.of(file, text);
        long room = bytes.length - (long) header.at();
        long needed = header.isText()
                ? (long) header.width() * header.height() * header.samples()
                : header.rowBytes() * header.height();
        if (needed > room) {
            throw new IOException("its pixels need " + needed + " bytes, but there are " + room);
        }
        List<Object> planes = new ArrayList<>();
        for (int c = 0; c < header.samples(); c++) {
            int count = header.width() * header.height();
            planes.add(header.max() > 255 ? new short[count] : new byte[count]);
        }
        boolean several = header.isText() ? fromText(header, planes) : fromBytes(header, needed, planes);
        String name = file.getFileName().toString();
        RawPicture picture = new RawPicture(name, header.width(), header.height(), planes, header.max());
        CalibratedImage image = labels ? picture.asLabels() : picture.asImage();
        return several ? image.withNote("The first picture of " + name + " is used; it holds several.") : image;
    }

    /** Whether other pictures follow, which text does not allow. */
    private boolean fromText(PnmHeader header, List<Object> planes) throws IOException {
        int count = header.width() * header.height();
        int value = header.max();
        for (int i = 0; i < count; i++) {
            for (Object plane : planes) {
                value = header.isBits() ? 1 - text.bit() : text.number();
                put(header, plane, i, value);
            }
        }
        boolean cut =
                String.valueOf(value).length() < String.valueOf(header.max()).length();
        if (!header.isBits() && text.at() == bytes.length && cut) {
            throw new EOFException();
        }
        requireEnd();
        return false;
    }

    private boolean fromBytes(PnmHeader header, long needed, List<Object> planes) throws IOException {
        int width = header.width();
        for (int i = 0; i < width * header.height(); i++) {
            int row = header.at() + (int) (i / width * header.rowBytes());
            int x = i % width;
            if (header.isBits()) {
                put(header, planes.get(0), i, 1 - (bytes[row + x / 8] >> (7 - x % 8) & 1));
                continue;
            }
            for (int c = 0; c < planes.size(); c++) {
                int sample = x * planes.size() + c;
                put(header, planes.get(c), i, header.max() > 255 ? pair(row + 2 * sample) : bytes[row + sample] & 0xff);
            }
        }
        int end = header.at() + (int) needed;
        if (end + 2 < bytes.length && bytes[end] == 'P' && bytes[end + 1] >= '1' && bytes[end + 1] <= '7') {
            return true;
        }
        for (int at = end; at < bytes.length; at++) {
            if (bytes[at] != '\n' && bytes[at] != '\r') {
                throw new IOException("it holds more pixels than its size needs");
            }
        }
        return false;
    }

    private int pair(int at) {
        return (bytes[at] & 0xff) << 8 | (bytes[at + 1] & 0xff);
    }

    private static void put(PnmHeader header, Object plane, int i, int value) throws IOException {
        if (value > header.max()) {
            throw new IOException("a pixel is " + value + ", above the largest, " + header.max());
        }
        TiffColors.put(plane, i, value);
    }

    private void requireEnd() throws IOException {
        if (!text.isAtEnd()) {
            throw new IOException("it holds more pixels than its size needs");
        }
    }
}
