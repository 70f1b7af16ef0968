package io.github.transfuse.image;

import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.imageio.ImageReader;
import javax.imageio.spi.ImageReaderSpi;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * Reads JPEG 2000 with a decoder that the user adds: the licence of JJ2000 does not go with that of QuPath. That decoder shows
 * what is left of a file that was cut, so that its parts are counted first.
 */
final class Jpeg2000 {
    private static final int SIZE = 0xff51;
    private static final int TILE = 0xff90;
    private static final int END = 0xffd9;
    private static final int BOX = 8;

    /** Where a part of a tile says how many came before it. */
    private static final int FURTHER = 10;

    private static final int CODE = 0x6a703263;

    /** Pixels that a byte can stand for at most. */
    private static final long EXPANSION = 5000;

    /** Time to decode a file: as much, and more for large ones. */
    private static final long SECONDS = 5;

    private static final long BYTES_A_SECOND = 100_000;

    private Jpeg2000() {}

    private static Optional<Class<?>> decoder() {
        return AddedReaders.find(
                "com.github.jaiimageio.jpeg2000.impl.J2KImageReaderSpi",
                "com.sun.media.imageioimpl.plugins.jpeg2000.J2KImageReaderSpi");
    }

    static CalibratedImage read(Path file) throws IOException {
        try {
            BufferedImage picture = decode(file, "save it as TIFF", Files.readAllBytes(file));
            int type = picture.getRaster().getTransferType();
            int colors = picture.getColorModel().getNumColorComponents();
            if ((type != DataBuffer.TYPE_BYTE && type != DataBuffer.TYPE_USHORT) || (colors != 1 && colors != 3)) {
                throw new UnsupportedImageException(
                        file, "this is a JPEG 2000 of numbers that are not read", "Save it as TIFF.");
            }
            return new DecodedPicture(file.getFileName().toString(), picture).asImage();
        } catch (UnsupportedImageException e) {
            throw e;
        } catch (InterruptedIOException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            throw ImageFiles.damaged(file, e);
        }
    }

    /**
     * Decodes a stream, or a file of boxes.
     *
     * @param file for messages
     * @param otherwise what to do without a decoder
     * @throws UnsupportedImageException if there is no decoder, or the picture is too large
     * @throws IOException if it is damaged
     */
    static BufferedImage decode(Path file, String otherwise, byte... bytes) throws IOException {
        Class<?> decoder = decoder()
                .orElseThrow(() -> new UnsupportedImageException(
                        file,
                        "JPEG 2000 is read only with a decoder that is not part of TransFuse",
                        "Put jai-imageio-core-1.4.0.jar and jai-imageio-jpeg2000-1.4.0.jar of Maven Central into "
                                + AddedReaders.folder() + ", or " + otherwise + "."));
        check(file, bytes);
        return decode(decoder, bytes);
    }

    /** In a thread of its own, which is left behind: the decoder goes round in circles in some damaged files. */
    private static BufferedImage decode(Class<?> decoder, byte... bytes) throws IOException {
        FutureTask<BufferedImage> task = new FutureTask<>(() -> decoded(decoder, bytes));
        Thread thread = new Thread(task, "JPEG 2000");
        thread.setDaemon(true);
        thread.start();
        try {
            return task.get(SECONDS + bytes.length / BYTES_A_SECOND, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new IOException("it cannot be decoded", e);
        } catch (TimeoutException e) {
            thread.interrupt();
            throw new IOException("its decoder does not come to an end", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException();
        }
    }

    private static BufferedImage decoded(Class<?> decoder, byte... bytes)
            throws IOException, ReflectiveOperationException {
        ImageReaderSpi provider =
                (ImageReaderSpi) decoder.getDeclaredConstructor().newInstance();
        ImageReader reader = provider.createReaderInstance();
        try (ImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(bytes))) {
            reader.setInput(in);
            return reader.read(0);
        } finally {
            reader.dispose();
        }
    }

    /** Looks at the size and walks over the parts of all tiles to the end. */
    private static void check(Path file, byte... bytes) throws IOException {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        int at = 2 + (in.getShort(0) == (short) 0xff4f ? 0 : code(in));
        boolean sized = false;
        while (marker(in, at) != END) {
            int marker = marker(in, at);
            long length = Short.toUnsignedLong(in.getShort(at + 2)) + 2;
            if (marker == SIZE) {
                long width = Integer.toUnsignedLong(in.getInt(at + 6)) - Integer.toUnsignedLong(in.getInt(at + 14));
                long height = Integer.toUnsignedLong(in.getInt(at + 10)) - Integer.toUnsignedLong(in.getInt(at + 18));
                PlaneLimit.check(file, width, height);
                sized = (double) width * height <= (double) EXPANSION * bytes.length;
            } else if (marker == TILE) {
                long part = Integer.toUnsignedLong(in.getInt(at + 6));
                if (in.get(at + FURTHER) != 0) {
                    throw new UnsupportedImageException(
                            file,
                            "its JPEG 2000 has tiles in several parts, of which the decoder leaves out some",
                            "Save it as TIFF, or export it uncompressed.");
                }
                // The last may go on to the end
                length = part == 0 ? bytes.length - 2L - at : part;
            }
            if (length < 4 || length > bytes.length - 2L - at) {
                throw new EOFException();
            }
            at += (int) length;
        }
        if (!sized) {
            throw new IOException("its size is more than the file can hold");
        }
    }

    private static int marker(ByteBuffer in, int at) throws EOFException {
        if (at < 0 || at + 2 > in.capacity()) {
            throw new EOFException();
        }
        return Short.toUnsignedInt(in.getShort(at));
    }

    /** Where the codes begin in a file of boxes. */
    private static int code(ByteBuffer in) throws IOException {
        for (long at = 0; at + BOX <= in.capacity(); ) {
            long length = Integer.toUnsignedLong(in.getInt((int) at));
            if (in.getInt((int) at + 4) == CODE) {
                return (int) at + (length == 1 ? 2 * BOX : BOX);
            }
            if (length < BOX) {
                break;
            }
            at += length;
        }
        throw new IOException("it has no picture");
    }
}
