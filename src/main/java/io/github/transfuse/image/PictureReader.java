package io.github.transfuse.image;

import com.twelvemonkeys.imageio.plugins.webp.WebPImageReaderSpi;
import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

/**
 * Reads PNG, JPEG, GIF and BMP with the JDK's decoders, whatever others a host has, and WebP. These fill what is missing with grey
 * or black, and believe the size that a file claims; so its bytes are looked at first.
 */
final class PictureReader {
    private PictureReader() {}

    /** The first picture, upright. */
    static CalibratedImage png(Path file, boolean labels) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        CalibratedImage image = picture(file, bytes, "png", labels, PngFile::check);
        int key = PngFile.transparentGrey(bytes);
        if (key >= 0) {
            // The decoder leaves out the transparency of few bits
            byte[] stored = PngFile.opaque(bytes);
            image = withKey(image.name(), decode(file, stored, "png", new ArrayList<>()), key, PngFile.bits(bytes))
                    .as(labels);
        }
        CalibratedImage upright = Upright.turn(image, PngFile.orientation(bytes));
        return PngFile.holdsSeveral(bytes) ? firstOfSeveral(upright) : upright;
    }

    private static RawPicture withKey(String name, BufferedImage decoded, int key, int bits) {
        int width = decoded.getWidth();
        int height = decoded.getHeight();
        int max = (1 << bits) - 1;
        int[] stored = decoded.getRaster().getSamples(0, 0, width, height, 0, new int[width * height]);
        byte[] grey = new byte[stored.length];
        byte[] opacity = new byte[stored.length];
        for (int i = 0; i < stored.length; i++) {
            grey[i] = (byte) stored[i];
            opacity[i] = (byte) (stored[i] == key ? 0 : max);
        }
        return new RawPicture(name, width, height, List.of(grey, opacity), max);
    }

    /** The first picture. */
    static CalibratedImage gif(Path file, boolean labels) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        CalibratedImage image = picture(file, bytes, "gif", labels, GifFile::check);
        return GifFile.holdsSeveral(bytes) ? firstOfSeveral(image) : image;
    }

    private static CalibratedImage firstOfSeveral(CalibratedImage image) {
        return image.withNote("The first picture of " + image.name() + " is used; it holds several.");
    }

    static CalibratedImage bmp(Path file, boolean labels) throws IOException {
        return picture(file, Files.readAllBytes(file), "bmp", labels, BmpFile::check);
    }

    /** The first picture, upright, with a decoder that is part of this plugin. */
    static CalibratedImage webp(Path file, boolean labels) throws IOException {
        try {
            byte[] bytes = Files.readAllBytes(file);
            WebpFile webp = WebpFile.of(file, bytes);
            ImageReader reader = new WebPImageReaderSpi().createReaderInstance(null);
            DecodedPicture picture =
                    new DecodedPicture(file.getFileName().toString(), decode(file, bytes, reader, new ArrayList<>()));
            CalibratedImage image = labels ? picture.asIndices() : picture.asImage();
            CalibratedImage upright = Upright.turn(image, webp.orientation());
            return webp.holdsSeveral() ? firstOfSeveral(upright) : upright;
        } catch (UnsupportedImageException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            throw ImageFiles.damaged(file, e);
        }
    }

    /** Looks at the bytes of a file before they are decoded. */
    @FunctionalInterface
    private interface Check {
        void run(Path file, byte... bytes) throws IOException;
    }

    private static CalibratedImage picture(Path file, byte[] bytes, String format, boolean labels, Check check)
            throws IOException {
        try {
            check.run(file, bytes);
            BufferedImage decoded = decode(file, bytes, format, new ArrayList<>());
            DecodedPicture picture = new DecodedPicture(file.getFileName().toString(), decoded);
            return labels ? picture.asIndices() : picture.asImage();
        } catch (UnsupportedImageException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            throw ImageFiles.damaged(file, e);
        }
    }

    /** Upright, as cameras note it. */
    static CalibratedImage jpeg(Path file) throws IOException {
        try {
            byte[] bytes = Files.readAllBytes(file);
            JpegFile jpeg = JpegFile.of(file, bytes);
            String name = file.getFileName().toString();
            CalibratedImage image;
            if (jpeg.components() == 4) {
                image = inks(name, jpeg, bytes);
            } else {
                List<String> warnings = new ArrayList<>();
                image = new DecodedPicture(name, decode(file, bytes, "jpeg", warnings)).asImage();
                JpegPixels.requireWhole(warnings);
            }
            return Upright.turn(image, jpeg.orientation());
        } catch (UnsupportedImageException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            throw ImageFiles.damaged(file, e);
        }
    }

    /** Cyan, magenta, yellow and black: what is printed. Programs store them inverted, which Adobe's mark says. */
    private static CalibratedImage inks(String name, JpegFile jpeg, byte[] bytes) throws IOException {
        Raster raster = JpegPixels.decode((long) jpeg.width() * jpeg.height(), bytes);
        int count = raster.getWidth() * raster.getHeight();
        byte[][] planes = new byte[4][count];
        for (int c = 0; c < planes.length; c++) {
            int[] samples = raster.getSamples(0, 0, raster.getWidth(), raster.getHeight(), c, new int[count]);
            for (int i = 0; i < count; i++) {
                planes[c][i] = (byte) samples[i];
            }
        }
        if (jpeg.transform() == 2) {
            TiffYcbcr.convert(planes[0], planes[1], planes[2]);
        }
        boolean inverted = jpeg.transform() >= 0;
        for (int i = 0; i < count; i++) {
            int black = planes[3][i] & 0xff;
            int light = inverted ? black : 255 - black;
            for (int c = 0; c < 3; c++) {
                int ink = planes[c][i] & 0xff;
                planes[c][i] = (byte) (((inverted ? ink : 255 - ink) * light + 127) / 255);
            }
        }
        List<Axis> axes = List.of(Axis.of(Axis.Kind.X), Axis.of(Axis.Kind.Y), Axis.of(Axis.Kind.CHANNEL));
        var pixels = PlaneImages.of(
                List.of(planes[0], planes[1], planes[2]), false, raster.getWidth(), raster.getHeight(), 3);
        return new CalibratedImage(name, pixels, axes, true, List.of());
    }

    private static BufferedImage decode(Path file, byte[] bytes, String format, List<String> warnings)
            throws IOException {
        return decode(file, bytes, reader(format), warnings);
    }

    private static BufferedImage decode(Path file, byte[] bytes, ImageReader reader, List<String> warnings)
            throws IOException {
        try (ImageInputStream in = new EndingStream(bytes)) {
            reader.setInput(in);
            PlaneLimit.check(file, reader.getWidth(0), reader.getHeight(0));
            reader.addIIOReadWarningListener((source, warning) -> warnings.add(warning));
            return reader.read(0);
        } finally {
            reader.dispose();
        }
    }

    static ImageReader reader(String format) throws IOException {
        return reader(format, () -> ImageIO.getImageReadersByFormatName(format));
    }

    static ImageReader reader(String format, Supplier<Iterator<ImageReader>> known) throws IOException {
        String kind = format.toUpperCase(Locale.ROOT);
        try {
            Iterator<ImageReader> readers = known.get();
            while (readers.hasNext()) {
                ImageReader reader = readers.next();
                if (reader.getClass().getName().startsWith("com.sun.imageio")) {
                    return reader;
                }
            }
        } catch (LinkageError e) {
            // A Java of a small server, whose decoder is a library of the system that is not there
            throw new UnsupportedImageException(
                    kind,
                    "this Java cannot decode it, because a library of the system is missing (" + e.getMessage() + ")",
                    "Use a complete Java, or save the images as PNG.",
                    e);
        }
        throw new IOException("this Java has no reader of " + kind);
    }
}
