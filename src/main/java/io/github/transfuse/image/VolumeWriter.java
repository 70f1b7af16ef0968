package io.github.transfuse.image;

import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import net.imglib2.RandomAccess;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.RealType;
import net.imglib2.type.numeric.integer.UnsignedByteType;
import net.imglib2.type.numeric.integer.UnsignedShortType;
import net.imglib2.view.Views;

/** Writes labels and probabilities of a volume as NIfTI, NRRD or MHA, packed, to lie where the volume lies. */
final class VolumeWriter {
    private static final int BUFFER = 1 << 13;

    private final RandomAccessibleInterval<? extends RealType<?>> pixels;
    private final Placement placement;
    private final VoxelType type;
    private final boolean labels;

    /** Values of a voxel that lie together, along the first dimension; 0 where there is no such dimension. */
    private final int channels;

    private VolumeWriter(CalibratedImage image, Placement placement, boolean labels) {
        CalibratedImage ordered = image.channelsLast();
        boolean channels = ordered.dimension(Axis.Kind.CHANNEL).isPresent();
        boolean timed = ordered.dimension(Axis.Kind.TIME).isPresent();
        var volume = Views.zeroMin(ordered.pixels());
        var deep = ordered.dimension(Axis.Kind.Z).isPresent() ? volume : inserted(volume, 2);
        boolean meta = placement.format() == Placement.Format.META;
        this.channels = meta && channels ? Math.toIntExact(deep.dimension(deep.numDimensions() - 1)) : 0;
        this.pixels = meta && channels ? lastFirst(deep) : channels && !timed ? inserted(deep, 3) : deep;
        this.placement = placement;
        this.labels = labels;
        this.type = labels ? typeOfLabels(image.pixels().getAt(image.pixels().minAsLongArray())) : VoxelType.FLOAT32;
    }

    private static <T> RandomAccessibleInterval<T> lastFirst(RandomAccessibleInterval<T> image) {
        RandomAccessibleInterval<T> moved = image;
        for (int d = image.numDimensions() - 1; d > 0; d--) {
            moved = Views.permute(moved, d, d - 1);
        }
        return moved;
    }

    private static <T> RandomAccessibleInterval<T> inserted(RandomAccessibleInterval<T> image, int dimension) {
        RandomAccessibleInterval<T> longer = Views.addDimension(image, 0, 0);
        for (int d = image.numDimensions(); d > dimension; d--) {
            longer = Views.permute(longer, d, d - 1);
        }
        return longer;
    }

    /** Labels are whole numbers, also where ImageJ would need 32-bit floats for them. */
    private static VoxelType typeOfLabels(RealType<?> pixel) {
        return pixel instanceof UnsignedByteType
                ? VoxelType.UINT8
                : pixel instanceof UnsignedShortType ? VoxelType.UINT16 : VoxelType.INT32;
    }

    static void write(CalibratedImage image, Placement placement, boolean labels, OutputStream out) throws IOException {
        VolumeWriter writer = new VolumeWriter(image, placement, labels);
        if (placement.format() == Placement.Format.NRRD) {
            writer.nrrd(out);
        } else if (placement.format() == Placement.Format.META) {
            writer.meta(out);
        } else {
            writer.nifti(out);
        }
    }

    private void nifti(OutputStream out) throws IOException {
        boolean fromNifti = placement.format() == Placement.Format.NIFTI;
        NiftiHeader source = fromNifti
                ? NiftiHeader.of(placement.header())
                : NiftiHeader.empty().placed(placement.matrix());
        long[] sizes = pixels.dimensionsAsLongArray();
        NiftiHeader header = source.forResult(type, labels, sizes);
        GZIPOutputStream packed = new GZIPOutputStream(out);
        packed.write(header.raw());
        packed.write(new byte[NiftiHeader.GAP]);
        voxels(packed, header.bytes().order());
        packed.finish();
    }

    private void nrrd(OutputStream out) throws IOException {
        List<String> kinds = IntStream.range(0, pixels.numDimensions())
                .mapToObj(d -> d < 3 ? "domain" : d == 3 ? "time" : "list")
                .toList();
        String kept = new String(placement.header(), StandardCharsets.UTF_8)
                .replaceAll("(?m)^(space directions: .*)$", "$1" + " none".repeat(pixels.numDimensions() - 3));
        String header = "NRRD0004\n# TransFuse " + (labels ? "labels" : "probabilities")
                + "\ntype: " + type.nrrd()
                + "\ndimension: " + pixels.numDimensions()
                + "\nsizes: "
                + Arrays.stream(pixels.dimensionsAsLongArray())
                        .mapToObj(Long::toString)
                        .collect(Collectors.joining(" "))
                + "\nkinds: " + String.join(" ", kinds)
                + "\nendian: little\nencoding: gzip\n" + kept + "\n";
        out.write(header.getBytes(StandardCharsets.UTF_8));
        GZIPOutputStream packed = new GZIPOutputStream(out);
        voxels(packed, ByteOrder.LITTLE_ENDIAN);
        packed.finish();
    }

    private void meta(OutputStream out) throws IOException {
        Affine lps = placement.matrix().turned();
        int first = channels > 0 ? 1 : 0;
        int count = pixels.numDimensions() - first;
        List<Double> directions = new ArrayList<>();
        List<Double> origin = new ArrayList<>();
        List<Double> spacing = new ArrayList<>();
        for (int d = 0; d < count; d++) {
            for (int row = 0; row < count; row++) {
                boolean placed = d < 3 && row < 3;
                directions.add(placed ? lps.get(row, d) / lps.spacing(d) : d == row ? 1.0 : 0);
            }
            origin.add(d < 3 ? lps.get(d, 3) : 0);
            spacing.add(d < 3 ? lps.spacing(d) : 1);
        }
        String header = "ObjectType = Image\nNDims = " + count
                + "\nBinaryData = True\nBinaryDataByteOrderMSB = False\nCompressedData = True\nTransformMatrix = "
                + words(directions) + "\nOffset = " + words(origin) + "\nElementSpacing = " + words(spacing)
                + "\nDimSize = "
                + words(Arrays.stream(pixels.dimensionsAsLongArray())
                        .skip(first)
                        .boxed()
                        .toList())
                + (channels > 1 ? "\nElementNumberOfChannels = " + channels : "")
                + "\nCompressedDataSize = " + packed(OutputStream.nullOutputStream())
                + "\nElementType = " + MetaReader.nameOf(type) + "\nElementDataFile = LOCAL\n";
        out.write(header.getBytes(StandardCharsets.UTF_8));
        packed(out);
    }

    /** Packs the voxels as ITK reads them, which must know how many bytes that are: so they are packed twice. */
    private long packed(OutputStream out) throws IOException {
        Deflater deflater = new Deflater();
        try {
            DeflaterOutputStream packed = new DeflaterOutputStream(out, deflater, BUFFER);
            voxels(packed, ByteOrder.LITTLE_ENDIAN);
            packed.finish();
            return deflater.getBytesWritten();
        } finally {
            deflater.end();
        }
    }

    private static String words(List<? extends Number> numbers) {
        return numbers.stream().map(Number::toString).collect(Collectors.joining(" "));
    }

    /** Row by row, so that a volume of any size needs no more memory than a row. */
    private void voxels(OutputStream out, ByteOrder order) throws IOException {
        int length = Math.toIntExact(pixels.dimension(0));
        ByteBuffer row =
                ByteBuffer.allocate(Math.multiplyExact(length, type.bytes())).order(order);
        RandomAccess<? extends RealType<?>> access = pixels.randomAccess();
        long rows = PixelRows.count(pixels);
        DataOutputStream data = new DataOutputStream(out);
        for (long r = 0; r < rows; r++) {
            access.setPosition(PixelRows.position(pixels, r));
            row.clear();
            for (int x = 0; x < length; x++) {
                type.put(row, access.get());
                access.fwd(0);
            }
            data.write(row.array());
        }
        data.flush();
    }
}
