package io.github.transfuse.image;

import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.img.basictypeaccess.array.ByteArray;
import net.imglib2.img.planar.PlanarImg;
import net.imglib2.img.planar.PlanarImgs;
import net.imglib2.type.NativeType;
import net.imglib2.type.numeric.RealType;
import net.imglib2.type.numeric.integer.UnsignedByteType;
import net.imglib2.type.numeric.integer.UnsignedShortType;
import net.imglib2.view.IterableRandomAccessibleInterval;
import net.imglib2.view.Views;

/**
 * Turns a decoded PNG, JPEG, GIF, BMP or WebP into planes. Grey stays one channel, colour becomes three; 16-bit stays 16-bit;
 * fewer than 8 bits are spread over 0..255. Colour tables are looked up, or kept as indices for label images. What is
 * transparent shows white, as in ImageJ.
 */
final class DecodedPicture {
    private static final int WHITE = 0xffffff;

    private final String name;
    private final BufferedImage picture;
    private final int width;
    private final int height;

    /** Whether there is an opacity that is 0 everywhere, by which some programs mean nothing. */
    private final boolean emptyOpacity;

    DecodedPicture(String name, BufferedImage picture) {
        this.name = name;
        this.picture = picture;
        width = picture.getWidth();
        height = picture.getHeight();
        ColorModel colors = picture.getColorModel();
        emptyOpacity = colors.hasAlpha() && !(colors instanceof IndexColorModel) && isNone(picture.getAlphaRaster());
    }

    private static boolean isNone(Raster opacity) {
        int[] row = new int[opacity.getWidth()];
        for (int y = 0; y < opacity.getHeight(); y++) {
            opacity.getSamples(opacity.getMinX(), opacity.getMinY() + y, row.length, 1, 0, row);
            if (Arrays.stream(row).anyMatch(value -> value != 0)) {
                return false;
            }
        }
        return true;
    }

    /** The picture as it looks. */
    CalibratedImage asImage() {
        ColorModel colors = picture.getColorModel();
        int bands = colors.getNumColorComponents();
        // Colours of 5 bits are packed into 16 bits, too
        boolean sixteen = colors.getTransferType() == DataBuffer.TYPE_USHORT
                && colors.getComponentSize(0) == Short.SIZE
                && !(colors instanceof IndexColorModel);
        if (colors instanceof IndexColorModel table) {
            return isGrey(table) ? gray(indexed(table)) : color(fromArgb());
        }
        if (bands == 1) {
            return gray(sixteen ? shorts(1) : bytes(1));
        }
        return color(sixteen ? shorts(bands) : fromArgb());
    }

    /** The stored numbers of a label image; a colour table is ignored. */
    CalibratedImage asIndices() {
        ColorModel colors = picture.getColorModel();
        if (colors instanceof IndexColorModel table) {
            var indices = indices();
            return isPacked(table, indices)
                    ? opaque(table.convertToIntDiscrete(picture.getRaster(), true))
                    : gray(indices);
        }
        return colors.hasAlpha() ? opaque(picture) : asImage();
    }

    /**
     * Whether the numbers of a mask are those of a program that packed colours, so that the colours are what was drawn: it is
     * transparent where its number is not 0, or black, which usually is background, has a later number than another colour.
     */
    private static boolean isPacked(IndexColorModel table, RandomAccessibleInterval<UnsignedByteType> indices) {
        boolean[] used = new boolean[1 << Byte.SIZE];
        IterableRandomAccessibleInterval.create(indices).forEach(pixel -> used[pixel.get()] = true);
        int count = (int) IntStream.range(0, used.length).filter(i -> used[i]).count();
        // Numbers with gaps were chosen by somebody
        boolean inOrder = IntStream.range(0, count).allMatch(i -> used[i]);
        boolean blackLater = (table.getRGB(0) & WHITE) != 0
                && IntStream.range(1, Math.min(count, table.getMapSize()))
                        .anyMatch(i -> (table.getRGB(i) & WHITE) == 0);
        return (inOrder && blackLater)
                || IntStream.range(1, table.getMapSize()).anyMatch(i -> used[i] && 2 * table.getAlpha(i) <= 255);
    }

    /** The colours of a mask where it is opaque. */
    private CalibratedImage opaque(BufferedImage seen) {
        Raster raster = seen.getRaster();
        boolean sixteen = raster.getTransferType() == DataBuffer.TYPE_USHORT;
        List<Object> planes = new ArrayList<>();
        for (int band = 0; band < raster.getNumBands(); band++) {
            Object plane = sixteen ? new short[width * height] : new byte[width * height];
            int[] samples = raster.getSamples(0, 0, width, height, band, new int[width * height]);
            for (int i = 0; i < samples.length; i++) {
                TiffColors.put(plane, i, samples[i]);
            }
            planes.add(plane);
        }
        int colors = planes.size() - 1;
        List<Object> shown = new Opacity(planes.get(colors), sixteen ? 65_535 : 255).labels(planes.subList(0, colors));
        return shown.size() == 1
                ? gray(PlaneImages.of(shown, false, width, height))
                : color(PlaneImages.of(shown, false, width, height, shown.size()));
    }

    private CalibratedImage gray(RandomAccessibleInterval<? extends RealType<?>> pixels) {
        return new CalibratedImage(name, pixels, List.of(Axis.of(Axis.Kind.X), Axis.of(Axis.Kind.Y)), false, notes());
    }

    private List<String> notes() {
        return emptyOpacity ? List.of(name + ": its opacity, which is 0 everywhere, is left out.") : List.of();
    }

    private CalibratedImage color(RandomAccessibleInterval<? extends RealType<?>> pixels) {
        List<Axis> axes = List.of(Axis.of(Axis.Kind.X), Axis.of(Axis.Kind.Y), Axis.of(Axis.Kind.CHANNEL));
        return new CalibratedImage(name, pixels, axes, true, notes());
    }

    private static boolean isGrey(IndexColorModel table) {
        for (int i = 0; i < table.getMapSize(); i++) {
            boolean equal = table.getRed(i) == table.getGreen(i) && table.getGreen(i) == table.getBlue(i);
            if (!equal || table.getAlpha(i) < 255) {
                return false;
            }
        }
        return true;
    }

    private RandomAccessibleInterval<UnsignedByteType> indices() {
        byte[] pixels = new byte[width * height];
        Raster raster = picture.getRaster();
        int[] row = new int[width];
        for (int y = 0; y < height; y++) {
            raster.getSamples(0, y, width, 1, 0, row);
            for (int x = 0; x < width; x++) {
                pixels[y * width + x] = (byte) row[x];
            }
        }
        return ArrayImgs.unsignedBytes(pixels, width, height);
    }

    private RandomAccessibleInterval<UnsignedByteType> indexed(IndexColorModel table) {
        byte[] gray = new byte[1 << 8];
        table.getReds(gray);
        var image = indices();
        IterableRandomAccessibleInterval.create(image).forEach(pixel -> pixel.set(gray[pixel.get()]));
        return image;
    }

    /** Bytes of a grey image, straight from the raster: colour conversion would apply a gamma. */
    private RandomAccessibleInterval<UnsignedByteType> bytes(int bands) {
        PlanarImg<UnsignedByteType, ?> image = PlanarImgs.unsignedBytes(width, height, bands);
        copy(image, 255);
        return bands == 1 ? Views.hyperSlice(image, 2, 0) : image;
    }

    private RandomAccessibleInterval<UnsignedShortType> shorts(int bands) {
        PlanarImg<UnsignedShortType, ?> image = PlanarImgs.unsignedShorts(width, height, bands);
        copy(image, 65_535);
        return bands == 1 ? Views.hyperSlice(image, 2, 0) : image;
    }

    private <T extends NativeType<T> & RealType<T>> void copy(PlanarImg<T, ?> image, int white) {
        Raster raster = picture.getRaster();
        int[] row = new int[width];
        int[] alpha = new int[width];
        var cursor = image.cursor();
        boolean transparent = picture.getColorModel().hasAlpha() && !emptyOpacity;
        for (int band = 0; band < image.dimension(2); band++) {
            for (int y = 0; y < height; y++) {
                raster.getSamples(0, y, width, 1, band, row);
                if (transparent) {
                    raster.getSamples(0, y, width, 1, raster.getNumBands() - 1, alpha);
                }
                for (int x = 0; x < width; x++) {
                    cursor.next().setReal((double) (transparent ? Opacity.onWhite(row[x], alpha[x], white) : row[x]));
                }
            }
        }
    }

    private RandomAccessibleInterval<UnsignedByteType> fromArgb() {
        byte[][] planes = new byte[3][width * height];
        int[] row = new int[width];
        for (int y = 0; y < height; y++) {
            picture.getRGB(0, y, width, 1, row, 0, width);
            for (int x = 0; x < width; x++) {
                int alpha = emptyOpacity ? 255 : row[x] >>> 24;
                for (int c = 0; c < 3; c++) {
                    planes[c][y * width + x] = (byte) Opacity.onWhite(row[x] >> (16 - 8 * c) & 0xff, alpha, 255);
                }
            }
        }
        PlanarImg<UnsignedByteType, ByteArray> image = PlanarImgs.unsignedBytes(width, height, 3);
        for (int c = 0; c < 3; c++) {
            image.setPlane(c, new ByteArray(planes[c]));
        }
        return image;
    }
}
