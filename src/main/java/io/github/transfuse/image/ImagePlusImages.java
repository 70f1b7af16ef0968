package io.github.transfuse.image;

import ij.CompositeImage;
import ij.ImagePlus;
import ij.ImageStack;
import ij.VirtualStack;
import ij.measure.Calibration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.converter.Converters;
import net.imglib2.img.basictypeaccess.array.ArrayDataAccess;
import net.imglib2.img.basictypeaccess.array.ByteArray;
import net.imglib2.img.basictypeaccess.array.FloatArray;
import net.imglib2.img.basictypeaccess.array.IntArray;
import net.imglib2.img.basictypeaccess.array.ShortArray;
import net.imglib2.img.planar.PlanarImg;
import net.imglib2.type.NativeType;
import net.imglib2.type.numeric.ARGBType;
import net.imglib2.type.numeric.RealType;
import net.imglib2.type.numeric.integer.ShortType;
import net.imglib2.type.numeric.integer.UnsignedByteType;
import net.imglib2.type.numeric.integer.UnsignedShortType;
import net.imglib2.type.numeric.real.FloatType;

/** ImageJ's images as ImgLib2 images and back. */
public final class ImagePlusImages {
    private ImagePlusImages() {}

    /**
     * The pixels of an ImageJ image, without copying them. Axes are X, Y, then CHANNEL, Z and TIME where they are longer
     * than 1; the channels of an RGB image come last. Colour tables and calibration functions are not applied, except
     * that signed 16-bit images have their signed values.
     *
     * @param imp an open image, plain or virtual; its pixels must not be changed while the result is in use
     */
    public static CalibratedImage wrap(ImagePlus imp) {
        return wrap(imp, Optional.empty());
    }

    /** The same; with a table, of an 8-bit image of one channel, the values are looked up in it and become colours. */
    static CalibratedImage wrap(ImagePlus imp, Optional<int[]> table) {
        boolean rgb = imp.getBitDepth() == 24 || table.isPresent();
        List<Axis> axes = new ArrayList<>();
        long[] size = describe(imp, rgb, axes);
        RandomAccessibleInterval<? extends RealType<?>> pixels = pixels(imp, size, table);
        if (rgb) {
            axes.add(Axis.of(Axis.Kind.CHANNEL));
        }
        return new CalibratedImage(imp.getTitle(), pixels, axes, rgb, List.of()).withSliceLabels(sliceLabels(imp));
    }

    /** The first lines of those of the first channel, as ImageJ shows them: headers may follow. None if no slice has one. */
    private static List<String> sliceLabels(ImagePlus imp) {
        List<String> labels = new ArrayList<>();
        int channels = imp.getBitDepth() == 24 ? 1 : imp.getNChannels();
        for (int i = 1; imp.getStackSize() > channels && i <= imp.getStackSize(); i += channels) {
            String label = imp.getStack().getSliceLabel(i);
            labels.add(label == null ? "" : label.lines().findFirst().orElse(""));
        }
        return labels.stream().allMatch(String::isEmpty) ? List.of() : labels;
    }

    private static long[] describe(ImagePlus imp, boolean rgb, List<Axis> axes) {
        Calibration calibration = imp.getCalibration();
        List<Long> size = new ArrayList<>(List.of((long) imp.getWidth(), (long) imp.getHeight()));
        axes.add(spatial(Axis.Kind.X, calibration.pixelWidth, calibration.getXUnit()));
        axes.add(spatial(Axis.Kind.Y, calibration.pixelHeight, calibration.getYUnit()));
        int channels = rgb ? 1 : imp.getNChannels();
        int frames = imp.getNFrames();
        int slices = imp.getStackSize() / (channels * frames);
        if (channels > 1) {
            axes.add(Axis.of(Axis.Kind.CHANNEL));
            size.add((long) channels);
        }
        if (slices > 1) {
            axes.add(spatial(Axis.Kind.Z, calibration.pixelDepth, calibration.getZUnit()));
            size.add((long) slices);
        }
        if (frames > 1) {
            boolean timed = calibration.frameInterval > 0;
            axes.add(
                    timed
                            ? new Axis(Axis.Kind.TIME, calibration.frameInterval, calibration.getTimeUnit())
                            : Axis.of(Axis.Kind.TIME));
            size.add((long) frames);
        }
        return size.stream().mapToLong(Long::longValue).toArray();
    }

    /** Files hold zeros and infinities as pixel sizes; those mean that the size is unknown. */
    private static Axis spatial(Axis.Kind kind, double size, String unit) {
        double length = Math.abs(size);
        boolean known = length > 0 && Double.isFinite(length);
        return known ? new Axis(kind, length, unit) : Axis.of(kind);
    }

    private static RandomAccessibleInterval<? extends RealType<?>> pixels(
            ImagePlus imp, long[] size, Optional<int[]> table) {
        ImageStack stack = imp.getStack();
        return switch (imp.getBitDepth()) {
            case 8 -> {
                var stored = planes(stack, size, new UnsignedByteType(), p -> new ByteArray((byte[]) p));
                yield table.isPresent() ? LookupTables.channels(stored, table.get()) : stored;
            }
            case 16 -> sixteenBit(imp, planes(stack, size, new UnsignedShortType(), p -> new ShortArray((short[]) p)));
            case 24 ->
                Converters.argbChannels(planes(stack, size, new ARGBType(), p -> new IntArray((int[]) p)), 1, 2, 3);
            default -> planes(stack, size, new FloatType(), p -> new FloatArray((float[]) p));
        };
    }

    /** ImageJ stores signed values with 32,768 added. */
    private static RandomAccessibleInterval<? extends RealType<?>> sixteenBit(
            ImagePlus imp, RandomAccessibleInterval<UnsignedShortType> stored) {
        if (!imp.getCalibration().isSigned16Bit()) {
            return stored;
        }
        return Converters.convert(stored, (from, to) -> to.setInteger(from.getInteger() - 32_768), new ShortType());
    }

    private static <T extends NativeType<T>, A extends ArrayDataAccess<A>> PlanarImg<T, A> planes(
            ImageStack stack, long[] size, T type, Function<Object, A> access) {
        return PlaneImages.planar(new PlaneList<>(stack, access), type, size);
    }

    /**
     * A new ImageJ image with copies of the pixels: 8-bit and unsigned 16-bit stay, RGB becomes RGB Color, all others
     * become 32-bit floats. Calibration and the order of channels, slices and frames are set.
     *
     * @throws UnsupportedImageException if a plane or the number of planes is more than ImageJ holds
     */
    public static ImagePlus toImagePlus(CalibratedImage image) throws UnsupportedImageException {
        return described(image, StackCopy.of(image));
    }

    /** As {@link #toImagePlus}, for writing: stacks are copied plane by plane when these are asked for. */
    static ImagePlus toVirtual(CalibratedImage image) throws UnsupportedImageException {
        VirtualStack planes = StackCopy.virtual(image);
        return planes.getSize() == 1 ? toImagePlus(image) : described(image, planes);
    }

    private static ImagePlus described(CalibratedImage image, ImageStack planes) {
        ImagePlus imp = new ImagePlus(image.name(), planes);
        boolean rgb = imp.getBitDepth() == 24;
        int channels = rgb ? 1 : (int) image.size(Axis.Kind.CHANNEL);
        imp.setDimensions(channels, (int) image.size(Axis.Kind.Z), (int) image.size(Axis.Kind.TIME));
        calibrate(imp.getCalibration(), image);
        if (channels > 1) {
            ImagePlus composite = new CompositeImage(imp, CompositeImage.GRAYSCALE);
            composite.setOpenAsHyperStack(true);
            return composite;
        }
        imp.setOpenAsHyperStack(image.size(Axis.Kind.TIME) > 1);
        return imp;
    }

    private static void calibrate(Calibration calibration, CalibratedImage image) {
        for (Axis axis : image.axes()) {
            switch (axis.kind()) {
                case X -> {
                    calibration.pixelWidth = axis.size();
                    calibration.setXUnit(axis.unit());
                }
                case Y -> {
                    calibration.pixelHeight = axis.size();
                    calibration.setYUnit(axis.unit());
                }
                case Z -> {
                    calibration.pixelDepth = axis.size();
                    calibration.setZUnit(axis.unit());
                }
                case TIME -> {
                    boolean timed = !axis.unit().equals(Axis.UNCALIBRATED);
                    calibration.frameInterval = timed ? axis.size() : 0;
                    calibration.setTimeUnit(timed ? axis.unit() : "sec");
                }
                case CHANNEL -> {
                    // ImageJ does not calibrate channels
                }
            }
        }
    }
}
