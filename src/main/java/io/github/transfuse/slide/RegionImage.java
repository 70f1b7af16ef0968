package io.github.transfuse.slide;

import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.basictypeaccess.DataAccess;
import net.imglib2.img.basictypeaccess.array.ByteArray;
import net.imglib2.img.basictypeaccess.array.FloatArray;
import net.imglib2.img.basictypeaccess.array.ShortArray;
import net.imglib2.img.cell.Cell;
import net.imglib2.img.cell.CellGrid;
import net.imglib2.img.cell.LazyCellImg;
import net.imglib2.type.NativeType;
import net.imglib2.type.numeric.RealType;
import net.imglib2.type.numeric.integer.UnsignedByteType;
import net.imglib2.type.numeric.integer.UnsignedShortType;
import net.imglib2.type.numeric.real.FloatType;

/**
 * A region of a slide as an image that reads its pixels when they are looked at: x, y, channel. Blocks that were read are
 * kept, as many as the tiles along the columns in use need twice, so that memory does not grow with the height of the region.
 *
 * <p>Values are those of the slide; nothing is computed from them.
 */
final class RegionImage {
    /** Side of a block, in pixels at the scale of the image. */
    static final int BLOCK = 512;

    private static final int WHITE = 255;

    private final RegionReader reader;
    private final SlideInfo slide;
    private final SlideRegion region;
    private final double downsample;
    private final boolean skipUnreadable;
    private final AtomicLong unreadable = new AtomicLong();

    /**
     * An image of a region.
     *
     * @param downsample pixels of the slide per pixel of the image, positive
     * @param skipUnreadable whether blocks that cannot be read are left empty and counted; otherwise they end the run
     */
    RegionImage(RegionReader reader, SlideInfo slide, SlideRegion region, double downsample, boolean skipUnreadable) {
        this.reader = reader;
        this.slide = slide;
        this.region = region;
        this.downsample = downsample;
        this.skipUnreadable = skipUnreadable;
    }

    /** Blocks that could not be read so far. */
    long unreadable() {
        return unreadable.get();
    }

    /** Columns of the image. */
    long width() {
        return Math.max(1, Math.round(region.width() / downsample));
    }

    /** Rows of the image. */
    long height() {
        return Math.max(1, Math.round(region.height() / downsample));
    }

    /** All of it, looked at in one go. */
    RandomAccessibleInterval<? extends RealType<?>> pixels() {
        return pixels(width(), region);
    }

    /**
     * The pixels: 8 or 16 bits unsigned as in the slide, otherwise floats.
     *
     * @param columns that are looked at in one go: as many blocks are kept as they need
     * @param looked the part of the region that is looked at: its first pixel tells the type of all
     * @throws SlideException if that pixel cannot be read
     */
    RandomAccessibleInterval<? extends RealType<?>> pixels(long columns, SlideRegion looked) {
        int type = read(first(looked))
                .or(() -> slide.rgb() ? Optional.empty() : read(overview()))
                .map(image -> image.getRaster().getDataBuffer().getDataType())
                .orElse(DataBuffer.TYPE_BYTE);
        if (slide.rgb() || type == DataBuffer.TYPE_BYTE) {
            return image(new UnsignedByteType(), columns, cell -> new ByteArray(bytes(cell)));
        }
        return type == DataBuffer.TYPE_USHORT
                ? image(new UnsignedShortType(), columns, cell -> new ShortArray(shorts(cell)))
                : image(new FloatType(), columns, cell -> new FloatArray(floats(cell)));
    }

    /** Reads the samples of one block. */
    private interface Fill<A> {
        A read(Block block);
    }

    /** Where a block lies: {@code min} and {@code size} of x and y. */
    private record Block(long[] min, int[] size, int channels) {
        int plane() {
            return size[0] * size[1];
        }
    }

    private <T extends NativeType<T> & RealType<T>, A extends DataAccess> RandomAccessibleInterval<T> image(
            T type, long columns, Fill<A> fill) {
        CellGrid grid = new CellGrid(
                new long[] {width(), height(), slide.channels()}, new int[] {BLOCK, BLOCK, slide.channels()});
        // columns that begin within a block reach into one more
        long perRow = Math.min(grid.gridDimension(0), columns / BLOCK + 2);
        BlockCache<Cell<A>> cache = new BlockCache<>(Math.toIntExact(3 * perRow + 2), index -> {
            long[] min = new long[3];
            int[] size = new int[3];
            grid.getCellDimensions(index, min, size);
            return new Cell<>(size, min, fill.read(new Block(min, size, slide.channels())));
        });
        return new LazyCellImg<>(grid, type, cache::get);
    }

    private byte[] bytes(Block block) {
        byte[] values = new byte[block.plane() * block.channels()];
        read(block)
                .ifPresentOrElse(
                        image -> eachSample(image, block, (i, sample) -> values[i] = (byte) (int) sample),
                        () -> Arrays.fill(values, (byte) (slide.rgb() ? WHITE : 0)));
        return values;
    }

    private short[] shorts(Block block) {
        short[] values = new short[block.plane() * block.channels()];
        read(block).ifPresent(image -> eachSample(image, block, (i, sample) -> values[i] = (short) (int) sample));
        return values;
    }

    private float[] floats(Block block) {
        float[] values = new float[block.plane() * block.channels()];
        read(block).ifPresent(image -> eachSample(image, block, (i, sample) -> values[i] = sample));
        return values;
    }

    private interface Sample {
        void set(int index, float sample);
    }

    /** A reader may round a block's size up or down by a pixel: its last column or row is then repeated or left out. */
    private void eachSample(BufferedImage image, Block block, Sample target) {
        Raster raster = image.getRaster();
        float[] row = new float[image.getWidth()];
        for (int c = 0; c < block.channels(); c++) {
            for (int y = 0; y < block.size()[1]; y++) {
                int from = Math.min(y, image.getHeight() - 1);
                readRow(image, raster, c, from, row);
                int start = c * block.plane() + y * block.size()[0];
                for (int x = 0; x < block.size()[0]; x++) {
                    target.set(start + x, row[Math.min(x, row.length - 1)]);
                }
            }
        }
    }

    private void readRow(BufferedImage image, Raster raster, int channel, int y, float[] row) {
        if (!slide.rgb()) {
            raster.getSamples(0, y, row.length, 1, channel, row);
            return;
        }
        int[] packed = image.getRGB(0, y, row.length, 1, null, 0, row.length);
        int shift = 16 - 8 * channel;
        for (int x = 0; x < row.length; x++) {
            row[x] = packed[x] >> shift & 0xff;
        }
    }

    private Optional<BufferedImage> read(Block block) {
        return read(request(block.min()[0], block.min()[1], block.size()[0], block.size()[1]));
    }

    private Optional<BufferedImage> read(RegionReader.Request request) {
        try {
            return reader.read(request);
        } catch (IOException | RuntimeException e) {
            if (skipUnreadable) {
                unreadable.incrementAndGet();
                return Optional.empty();
            }
            throw new SlideException(
                    "The image " + slide.name() + " cannot be read at x=" + request.x() + ", y=" + request.y() + ", "
                            + request.width() + " x " + request.height() + " pixels (" + e
                            + "). Nothing was segmented. To go on without such regions, set skipUnreadable(true).",
                    e);
        }
    }

    private RegionReader.Request request(long x, long y, long width, long height) {
        int left = at(x, region.width());
        int top = at(y, region.height());
        int right = Math.max(left + 1, at(x + width, region.width()));
        int bottom = Math.max(top + 1, at(y + height, region.height()));
        return new RegionReader.Request(
                downsample, region.x() + left, region.y() + top, right - left, bottom - top, region.plane());
    }

    private RegionReader.Request first(SlideRegion looked) {
        int side = (int) Math.max(1, Math.round(downsample));
        return new RegionReader.Request(
                downsample,
                looked.x(),
                looked.y(),
                Math.min(side, looked.width()),
                Math.min(side, looked.height()),
                region.plane());
    }

    /** The whole region, small: where a sparse slide has no first pixel, another one tells the type. */
    private RegionReader.Request overview() {
        double small = Math.max(downsample, Math.max(region.width(), region.height()) / (double) BLOCK);
        return new RegionReader.Request(small, region.x(), region.y(), region.width(), region.height(), region.plane());
    }

    private int at(long pixel, int length) {
        return (int) Math.min(length, Math.round(pixel * downsample));
    }
}
