package io.github.transfuse.slide;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A slide that is computed where it is read: white, with purple discs of a radius of 200 pixels every 1,000 pixels in its
 * upper left quarter, and nothing elsewhere.
 */
public final class PyramidServer implements RegionReader {
    static final int PERIOD = 1000;
    public static final int RADIUS = 200;

    private final int side;
    public final AtomicLong reads = new AtomicLong();
    public volatile boolean broken;

    public PyramidServer(int side) {
        this.side = side;
    }

    public SlideInfo info() {
        return new SlideInfo("synthetic", side, side, 3, true, SlideInfo.Pixel.square(0.5));
    }

    @Override
    public Optional<BufferedImage> read(Request request) throws IOException {
        reads.incrementAndGet();
        if (broken && request.x() > PERIOD) {
            throw new IOException("the disk is gone");
        }
        if (request.x() > side / 2 || request.y() > side / 2) {
            return Optional.empty();
        }
        int width = (int) Math.max(1, Math.round(request.width() / request.downsample()));
        int height = (int) Math.max(1, Math.round(request.height() / request.downsample()));
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        int[] row = new int[width];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                double slideX = at(request.x(), x, request);
                double slideY = at(request.y(), y, request);
                row[x] = Math.max(slideX, slideY) > side / 2.0 ? 0xffffff : color(slideX, slideY);
            }
            image.setRGB(0, y, width, 1, row, 0, width);
        }
        return Optional.of(image);
    }

    private static double at(int start, int pixel, Request request) {
        return start + (pixel + 0.5) * request.downsample();
    }

    public static int color(double x, double y) {
        double dx = x % PERIOD - PERIOD / 2.0;
        double dy = y % PERIOD - PERIOD / 2.0;
        return dx * dx + dy * dy < RADIUS * RADIUS ? 0x804090 : 0xf4f0f2;
    }
}
