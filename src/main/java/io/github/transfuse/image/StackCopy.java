package io.github.transfuse.image;

import ij.ImageStack;
import ij.VirtualStack;
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

/** Pixels as an ImageJ stack, channels fastest, then slices, then frames: all copied at once, or each plane when asked for. */
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
        StackCopy copy = checked(image);
        ImageStack stack = new ImageStack(copy.width, copy.height);
        for (int i = 0; i < copy.planes(); i++) {
            stack.addSlice(copy.label(i), copy.plane(i));
        }
        return stack;
    }

    /** A stack that holds no plane: for images that are larger than the heap, and written plane by plane. */
    static VirtualStack virtual(CalibratedImage image) throws UnsupportedImageException {
        return new Lazy(checked(image));
    }

    private static StackCopy checked(CalibratedImage image) throws UnsupportedImageException {
        long pixels = Math.multiplyExact(image.size(Axis.Kind.X), image.size(Axis.Kind.Y));
        long planes = image.size(Axis.Kind.CHANNEL) * image.size(Axis.Kind.Z) * image.size(Axis.Kind.TIME);
        if (pixels > PlaneLimit.PIXELS || planes > Integer.MAX_VALUE) {
            throw PlaneLimit.exceeded(image.name(), image.size(Axis.Kind.X), image.size(Axis.Kind.Y));
        }
        return new StackCopy(image);
    }

    private static final class Lazy extends VirtualStack {
        private final StackCopy copy;

        Lazy(StackCopy copy) {
            super(copy.width, copy.height);
            this.copy = copy;
            setBitDepth(copy.plane(0).getBitDepth());
        }

        @Override
        public ImageProcessor getProcessor(int slice) {
            return copy.plane(slice - 1);
        }

        @Override
        public int getSize() {
            return copy.planes();
        }

        @Override
        public int size() {
            return copy.planes();
        }

        @Override
        public String getSliceLabel(int slice) {
            return copy.label(slice - 1);
        }
    }

    private boolean isColor() {
        return image.rgb()
                && image.size(Axis.Kind.CHANNEL) == 3
                && image.pixels().getAt(image.pixels().minAsLongArray()) instanceof UnsignedByteType;
    }

    private int channels() {
        return isColor() ? 1 : Math.toIntExact(image.size(Axis.Kind.CHANNEL));
    }

    private int planes() {
        return Math.toIntExact(channels() * image.size(Axis.Kind.Z) * image.size(Axis.Kind.TIME));
    }

    /** Label of a plane, counted from 0; empty if it has none. */
    private String label(int index) {
        return image.sliceLabels().isEmpty() ? "" : image.sliceLabels().get(index / channels());
    }

    /** A copy of a plane, counted from 0. */
    private ImageProcessor plane(int index) {
        long slices = image.size(Axis.Kind.Z);
        int channels = channels();
        CalibratedImage slice =
                image.slice(Axis.Kind.TIME, index / channels / slices).slice(Axis.Kind.Z, index / channels % slices);
        return isColor()
                ? color(slice)
                : plane(slice.slice(Axis.Kind.CHANNEL, index % channels)
                        .channelsLast()
                        .pixels());
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
        RealType<?> type = plane.getAt(plane.minAsLongArray());
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
