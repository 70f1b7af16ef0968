package io.github.transfuse.image;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.basictypeaccess.array.ArrayDataAccess;
import net.imglib2.img.basictypeaccess.array.ByteArray;
import net.imglib2.img.basictypeaccess.array.FloatArray;
import net.imglib2.img.basictypeaccess.array.ShortArray;
import net.imglib2.img.cell.Cell;
import net.imglib2.img.cell.CellGrid;
import net.imglib2.img.cell.LazyCellImg;
import net.imglib2.type.NativeType;
import net.imglib2.type.numeric.RealType;
import net.imglib2.type.numeric.integer.ByteType;
import net.imglib2.type.numeric.integer.ShortType;
import net.imglib2.type.numeric.integer.UnsignedByteType;
import net.imglib2.type.numeric.integer.UnsignedShortType;
import net.imglib2.type.numeric.real.FloatType;

/**
 * Pages that are unpacked strip by strip or tile by tile when they are needed; as many are kept as a pass over the rows
 * needs. All are looked at once before, so that a damaged one is found before any work.
 */
final class TiffCells {
    private static final long KEPT_BYTES = 128L << 20;
    private static final long MAX_BYTES = 1 << 26;

    /** Gives the planes of a page, or of a part of one. */
    interface Loader {
        /** As many planes for each part as for the whole. */
        List<Object> planes(TiffPage part) throws IOException;
    }

    private final List<TiffPage> pages;
    private final Loader loader;
    private final int each;
    private final Map<Long, List<Object>> recent = new LinkedHashMap<>(16, 0.75f, true);
    private final int most;

    /**
     * Pages of one kind.
     *
     * @param each planes of a page
     */
    TiffCells(List<TiffPage> pages, int each, Loader loader) throws IOException {
        this.pages = pages;
        this.each = each;
        this.loader = loader;
        TiffPage first = pages.get(0);
        long row = (long) first.grid().across() * pages.size();
        most = (int) Math.min(Integer.MAX_VALUE, Math.max(KEPT_BYTES / bytes(first), 2 * row));
        for (TiffPage page : pages) {
            boolean plain = page.compression() == TiffCodec.NONE;
            for (int block = 0;
                    block < (plain ? 0 : page.grid().across() * page.grid().down());
                    block++) {
                loader.planes(part(page, block));
            }
        }
    }

    /** Whether each part can be made into what is shown without a look at the others. */
    static boolean suit(List<TiffPage> pages) throws IOException {
        for (TiffPage page : pages) {
            int colors =
                    switch (page.photometric()) {
                        case TiffPage.RGB, TiffPage.YCBCR -> 3;
                        case TiffPage.CMYK -> 4;
                        default -> 1;
                    };
            boolean opaque = page.samples() != colors + 1 && page.extras().isEmpty();
            boolean small = page.grid().across() * (long) page.grid().down() > 1 && bytes(page) <= MAX_BYTES;
            if (!opaque
                    || !small
                    || TiffOld.isOld(page)
                    || !page.grid().equals(pages.get(0).grid())) {
                return false;
            }
        }
        return true;
    }

    /** A strip or tile, of all samples, as a page of its own. */
    static TiffPage part(TiffPage page, int block) {
        TiffPage.Grid grid = page.grid();
        int width = Math.min(grid.width(), page.size().width() - block % grid.across() * grid.width());
        int height = Math.min(grid.height(), page.size().height() - block / grid.across() * grid.height());
        return new TiffPage(
                page.directory(),
                new TiffPage.Size(width, height),
                page.samples(),
                page.bits(),
                page.format(),
                page.planar(),
                new TiffPage.Grid(grid.tiled(), grid.width(), grid.height(), 1, 1),
                ofSamples(page, page.places(), block),
                ofSamples(page, page.lengths(), block));
    }

    private static long[] ofSamples(TiffPage page, long[] values, int block) {
        int step = page.grid().across() * page.grid().down();
        return IntStream.range(0, page.planar() ? page.samples() : 1)
                .mapToLong(i -> block + i * step < values.length ? values[block + i * step] : 0)
                .toArray();
    }

    private static long bytes(TiffPage page) {
        return (long) page.grid().width() * page.grid().height() * page.samples() * TiffPlanes.bytes(page);
    }

    private List<Object> block(int page, int block) {
        long key = ((long) page << Integer.SIZE) | block;
        synchronized (recent) {
            List<Object> kept = recent.get(key);
            if (kept != null) {
                return kept;
            }
        }
        try {
            List<Object> loaded = loader.planes(part(pages.get(page), block));
            synchronized (recent) {
                recent.put(key, loaded);
                for (var oldest = recent.keySet().iterator(); recent.size() > most; ) {
                    oldest.next();
                    oldest.remove();
                }
            }
            return loaded;
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
    }

    /**
     * The image.
     *
     * @param signed whether bytes and shorts are signed
     * @param size width, height, then the planes of the pages
     */
    RandomAccessibleInterval<? extends RealType<?>> image(boolean signed, long... size) {
        Object first = block(0, 0).get(0);
        if (first instanceof byte[]) {
            Function<Object, ByteArray> access = plane -> new ByteArray((byte[]) plane);
            return signed ? over(new ByteType(), access, size) : over(new UnsignedByteType(), access, size);
        }
        if (first instanceof short[]) {
            Function<Object, ShortArray> access = plane -> new ShortArray((short[]) plane);
            return signed ? over(new ShortType(), access, size) : over(new UnsignedShortType(), access, size);
        }
        return over(new FloatType(), plane -> new FloatArray((float[]) plane), size);
    }

    private <T extends NativeType<T>, A extends ArrayDataAccess<A>> LazyCellImg<T, A> over(
            T type, Function<Object, A> access, long... size) {
        TiffPage.Grid parts = pages.get(0).grid();
        List<Integer> cell = new ArrayList<>(List.of(parts.width(), parts.height()));
        while (cell.size() < size.length) {
            cell.add(1);
        }
        CellGrid grid =
                new CellGrid(size, cell.stream().mapToInt(Integer::intValue).toArray());
        return new LazyCellImg<>(grid, type, index -> {
            long[] min = new long[size.length];
            int[] extent = new int[size.length];
            grid.getCellDimensions(index, min, extent);
            long plane = 0;
            for (int d = size.length - 1; d >= 2; d--) {
                plane = plane * size[d] + min[d];
            }
            int block = (int) (min[1] / parts.height() * parts.across() + min[0] / parts.width());
            Object pixels = block((int) (plane / each), block).get((int) (plane % each));
            return new Cell<>(extent, min, access.apply(pixels));
        });
    }
}
