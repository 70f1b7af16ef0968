package io.github.transfuse.slide;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.AffineTransform;
import java.awt.geom.Ellipse2D;
import java.awt.image.BufferedImage;
import java.util.Optional;
import java.util.Random;

/**
 * A slide in memory, read as servers of pyramids do: by averages over the pixels of the slide. On it are dark cells with a
 * bluish rim, many of which touch.
 *
 * @param image its pixels
 */
record DrawnSlide(BufferedImage image) implements RegionReader {

    /** Cells at random places. */
    static DrawnSlide ofCells(int width, int height, int cells, long seed) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setColor(new Color(0xf0e8f0));
        graphics.fillRect(0, 0, width, height);
        Random random = new Random(seed);
        for (int i = 0; i < cells; i++) {
            double length = 14 + 30 * random.nextDouble();
            Ellipse2D cell = new Ellipse2D.Double(-length / 2, -length / 3, length, length / 1.5);
            AffineTransform place =
                    AffineTransform.getTranslateInstance(width * random.nextDouble(), height * random.nextDouble());
            place.rotate(Math.PI * random.nextDouble());
            int depth = random.nextInt(90);
            graphics.setColor(new Color(90 + depth / 2, 40 + depth, 110));
            graphics.fill(place.createTransformedShape(cell));
            graphics.setColor(new Color(110, 90, 250));
            graphics.setStroke(new BasicStroke(2));
            graphics.draw(place.createTransformedShape(cell));
        }
        graphics.dispose();
        return new DrawnSlide(image);
    }

    SlideInfo info() {
        return new SlideInfo("drawn", image.getWidth(), image.getHeight(), 3, true, SlideInfo.Pixel.square(0.5));
    }

    @Override
    public Optional<BufferedImage> read(Request request) {
        int width = (int) Math.max(1, Math.round(request.width() / request.downsample()));
        int height = (int) Math.max(1, Math.round(request.height() / request.downsample()));
        BufferedImage read = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                read.setRGB(x, y, mean(request, x, y));
            }
        }
        return Optional.of(read);
    }

    private int mean(Request request, int x, int y) {
        int left = request.x() + (int) Math.floor(x * request.downsample());
        int top = request.y() + (int) Math.floor(y * request.downsample());
        int side = (int) Math.max(1, Math.floor(request.downsample()));
        int[] sum = new int[3];
        for (int i = 0; i < side * side; i++) {
            int rgb = image.getRGB(
                    Math.min(left + i % side, image.getWidth() - 1), Math.min(top + i / side, image.getHeight() - 1));
            for (int c = 0; c < 3; c++) {
                sum[c] += (rgb >> (8 * c)) & 0xff;
            }
        }
        int count = side * side;
        return ((sum[2] / count) << 16) | ((sum[1] / count) << 8) | (sum[0] / count);
    }
}
