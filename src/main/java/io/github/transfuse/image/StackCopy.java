package io.github.transfuse.image;

import ij.ImageStack;
import ij.process.ByteProcessor;
import ij.process.ColorProcessor;
import ij.process.FloatProcessor;
import ij.process.ImageProcessor;
import ij.process.ShortProcessor;
import java.util.stream.IntStream;
import net.imglib2.RandomAccess;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.IntegerType;
import net.imglib2.type.numeric.RealType;
import net.imglib2.type.numeric.integer.UnsignedByteType;
import net.imglib2.type.numeric.integer.UnsignedShortType;

/** Copies pixels into an ImageJ stack, channels fastest, then slices, then frames. */
final class StackCopy {
    private final CalibratedImage image;
    private final int width;
    private final int height;

    private StackCopy(CalibratedImage image) {
        this.image = image;
        width = Math.toIntExact(image.size(Axis.Kind.X));
        height = Math.toIntExact(image.size(Axis.Kind.Y));
    }

    static ImageStack of(CalibratedImage image) throws UnsupportedImageException {
        long pixels = Math.multiplyExact(image.size(Axis.Kind.X), image.size(Axis.Kind.Y));
        long planes = image.size(Axis.Kind.CHANNEL) * image.size(Axis.Kind.Z) * image.size(Axis.Kind.TIME);
        if (pixels > PlaneLimit.PIXELS || planes > Integer.MAX_VALUE) {
            throw PlaneLimit.exceeded(image.name(), image.size(Axis.Kind.X), image.size(Axis.Kind.Y));
        }
        return new StackCopy(image).copy();
    }

    private ImageStack copy() {
        ImageStack stack = new ImageStack(width, height);
        boolean color = image.rgb()
                && image.size(Axis.Kind.CHANNEL) == 3
                && image.pixels().getType() instanceof UnsignedByteType;
        for (long t = 0; t < image.size(Axis.Kind.TIME); t++) {
            CalibratedImage frame = image.slice(Axis.Kind.TIME, t);
            for (long z = 0; z < image.size(Axis.Kind.Z); z++) {
                CalibratedImage slice = frame.slice(Axis.Kind.Z, z);
                if (color) {
                    stack.addSlice(color(slice));
                } else {
                    for (long c = 0; c < image.size(Axis.Kind.CHANNEL); c++) {
                        stack.addSlice(plane(
                                slice.slice(Axis.Kind.CHANNEL, c).channelsLast().pixels()));
                    }
                }
            }
        }
        return stack;
    }

    private ImageProcessor color(CalibratedImage slice) {
        ColorProcessor color = new ColorProcessor(width, height);
        byte[][] channels = new byte[3][];
        for (int c = 0; c < 3; c++) {
            channels[c] = (byte[])
                    plane(slice.slice(Axis.Kind.CHANNEL, c).channelsLast().pixels())
                            .getPixels();
        }
        color.setRGB(channels[0], channels[1], channels[2]);
        return color;
    }

    private ImageProcessor plane(RandomAccessibleInterval<? extends RealType<?>> plane) {
        RealType<?> type = plane.getType();
        if (type instanceof UnsignedByteType) {
            byte[] bytes = new byte[width * height];
            forEachRow(plane, (access, i) -> bytes[i] = (byte) ((IntegerType<?>) access.get()).getInteger());
            return new ByteProcessor(width, height, bytes);
        }
        if (type instanceof UnsignedShortType) {
            short[] shorts = new short[width * height];
            forEachRow(plane, (access, i) -> shorts[i] = (short) ((IntegerType<?>) access.get()).getInteger());
            ShortProcessor processor = new ShortProcessor(width, height, shorts, null);
            processor.resetMinAndMax();
            return processor;
        }
        float[] floats = new float[width * height];
        forEachRow(plane, (access, i) -> floats[i] = access.get().getRealFloat());
        return new FloatProcessor(width, height, floats, null);
    }

    /** Takes one pixel. */
    @FunctionalInterface
    private interface Pixel {
        void take(RandomAccess<? extends RealType<?>> access, int index);
    }

    private void forEachRow(RandomAccessibleInterval<? extends RealType<?>> plane, Pixel pixel) {
        IntStream.range(0, height).parallel().forEach(y -> {
            RandomAccess<? extends RealType<?>> access = plane.randomAccess();
            access.setPosition(plane.min(0), 0);
            access.setPosition(plane.min(1) + y, 1);
            for (int x = 0; x < width; x++) {
                pixel.take(access, y * width + x);
                access.fwd(0);
            }
        });
    }
}
