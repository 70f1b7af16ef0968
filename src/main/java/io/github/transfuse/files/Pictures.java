package io.github.transfuse.files;

import java.awt.image.BufferedImage;
import java.awt.image.RenderedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;
import javax.imageio.ImageIO;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/**
 * PNG by way of memory. {@link ImageIO} itself goes by way of a file among the system's temporary ones: a killed process
 * would leave parts of a picture there, and a folder that is full there would end a run whose results have room.
 */
public final class Pictures {
    private Pictures() {}

    /**
     * Writes a picture as PNG.
     *
     * @param out stays open
     * @throws IOException if it cannot be written, or PNG cannot hold this kind of picture
     */
    public static void writePng(RenderedImage picture, OutputStream out) throws IOException {
        try (ImageOutputStream png = new MemoryCacheImageOutputStream(out)) {
            if (!ImageIO.write(picture, "png", png)) {
                throw new IOException("PNG cannot hold this kind of picture");
            }
        }
    }

    /**
     * Reads a picture of any kind that Java knows.
     *
     * @param bytes of its file
     * @return empty if it is of no such kind
     * @throws IOException if it is damaged
     */
    public static Optional<BufferedImage> read(byte... bytes) throws IOException {
        ImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(bytes));
        BufferedImage picture = ImageIO.read(in); // which closes the stream if it knows the kind
        if (picture == null) {
            in.close();
        }
        return Optional.ofNullable(picture);
    }
}
