package io.github.transfuse.image;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

/** Reads PNG, JPEG, GIF and BMP, and the tiled TIFFs that ImageJ does not read, with the JDK's decoders. */
final class ImageIoReader {
    private ImageIoReader() {}

    /**
     * The first picture of a file.
     *
     * @throws UnsupportedImageException if the file is damaged, cut off, too large, or of a kind the JDK cannot decode
     */
    static DecodedPicture read(Path file) throws UnsupportedImageException {
        try (ImageInputStream in = ImageIO.createImageInputStream(file.toFile())) {
            Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
            if (!readers.hasNext()) {
                throw unreadable(file, null);
            }
            ImageReader reader = readers.next();
            try {
                reader.setInput(in);
                return new DecodedPicture(file.getFileName().toString(), decode(file, reader));
            } finally {
                reader.dispose();
            }
        } catch (UnsupportedImageException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            throw unreadable(file, e);
        }
    }

    private static BufferedImage decode(Path file, ImageReader reader) throws IOException {
        PlaneLimit.check(file, reader.getWidth(0), reader.getHeight(0));
        AtomicReference<String> damage = new AtomicReference<>();
        // The JPEG decoder fills what is missing with grey and only warns
        reader.addIIOReadWarningListener((source, warning) -> {
            if (warning.toLowerCase(Locale.ROOT).contains("premature end")) {
                damage.set(warning);
            }
        });
        BufferedImage picture = reader.read(0);
        Optional<String> problem = Optional.ofNullable(damage.get());
        if (problem.isPresent()) {
            throw truncated(file, problem.get(), null);
        }
        return picture;
    }

    private static UnsupportedImageException unreadable(Path file, Exception cause) {
        String message = cause == null || cause.getMessage() == null ? "unknown contents" : cause.getMessage();
        if (message.contains("Unsupported Image Type")) {
            return new UnsupportedImageException(
                    file,
                    "the colours are stored as CMYK or in another unusual way",
                    "Save the picture as RGB PNG.",
                    cause);
        }
        return truncated(file, message, cause);
    }

    private static UnsupportedImageException truncated(Path file, String reason, Exception cause) {
        return new UnsupportedImageException(
                file, "the file is truncated or damaged (" + reason.strip() + ")", "Copy or export it again.", cause);
    }
}
