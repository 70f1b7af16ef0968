package io.github.transfuse.tiling;

import java.nio.FloatBuffer;
import java.util.List;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.blocks.PrimitiveBlocks;
import net.imglib2.type.numeric.real.FloatType;
import net.imglib2.util.Cast;
import net.imglib2.view.Views;

/**
 * Reads tiles from ImgLib2 images, one image per channel, mirrored at the borders.
 *
 * <p>Safe for several threads if the images are (all that ImgLib2 offers itself are). Copies whole blocks where the
 * image allows it.
 */
final class ImageTiles implements TileReader {
    private final TilePlan plan;
    private final List<PrimitiveBlocks<FloatType>> channels;

    /**
     * Reads from these images.
     *
     * @param plan the tiles; coordinate 0 is the first pixel of each image, wherever its interval begins
     * @param channels normalised pixels, all of the plan's size
     * @throws IllegalArgumentException if there is no channel or one has another size than the plan
     */
    ImageTiles(TilePlan plan, List<? extends RandomAccessibleInterval<FloatType>> channels) {
        if (channels.isEmpty()) {
            throw new IllegalArgumentException("an image needs at least one channel");
        }
        channels.forEach(channel -> requireSize(plan, channel));
        this.plan = plan;
        this.channels = channels.stream()
                .map(ImageTiles::blocks)
                .<PrimitiveBlocks<FloatType>>map(Cast::unchecked)
                .toList();
    }

    private static PrimitiveBlocks<FloatType> blocks(RandomAccessibleInterval<FloatType> channel) {
        return PrimitiveBlocks.of(Views.zeroMin(channel), PrimitiveBlocks.OnFallback.ACCEPT)
                .threadSafe();
    }

    private static void requireSize(TilePlan plan, RandomAccessibleInterval<FloatType> channel) {
        boolean same = channel.numDimensions() == plan.numDimensions();
        for (int d = 0; same && d < plan.numDimensions(); d++) {
            same = channel.dimension(d) == plan.size(d);
        }
        if (!same) {
            throw new IllegalArgumentException("channel " + channel + " does not have the size of the plan: " + plan);
        }
    }

    @Override
    public void read(Tile tile, FloatBuffer target) {
        // a tile leaves the image only along axes that are shorter than the tile: there the image is read whole
        int[] size = new int[plan.numDimensions()];
        long[] origin = new long[size.length];
        int pixels = 1;
        for (int d = 0; d < size.length; d++) {
            size[d] = (int) Math.min(plan.size(d), plan.tileSize(d));
            origin[d] = Math.max(0, tile.origin(d));
            pixels *= size[d];
        }
        float[] inside = new float[pixels];
        for (PrimitiveBlocks<FloatType> channel : channels) {
            channel.copy(origin, inside, size);
            target.put(pixels == plan.tilePixels() ? inside : reflected(tile, inside, size));
        }
    }

    private float[] reflected(Tile tile, float[] inside, int[] size) {
        float[] pixels = inside;
        int[] grown = size.clone();
        for (int d = 0; d < size.length; d++) {
            if (size[d] < plan.tileSize(d)) {
                pixels = reflectedAlong(d, tile.origin(d), pixels, grown);
                grown[d] = plan.tileSize(d);
            }
        }
        return pixels;
    }

    private float[] reflectedAlong(int axis, long origin, float[] pixels, int[] size) {
        int inner = 1; // pixels that lie together below one coordinate of this axis
        for (int d = 0; d < axis; d++) {
            inner *= size[d];
        }
        int outer = pixels.length / inner / size[axis];
        int length = plan.tileSize(axis);
        float[] wide = new float[outer * length * inner];
        for (int o = 0; o < outer; o++) {
            for (int i = 0; i < length; i++) {
                int from = o * size[axis] + (int) Reflection.index(origin + i, size[axis]);
                System.arraycopy(pixels, from * inner, wide, (o * length + i) * inner, inner);
            }
        }
        return wide;
    }
}
