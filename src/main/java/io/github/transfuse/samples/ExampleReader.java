package io.github.transfuse.samples;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import javax.imageio.ImageIO;

/**
 * Reads pairs as examples of one size.
 *
 * @param height of the network's input
 * @param width of the network's input
 * @param channels of the network
 * @param classes output channels of the network: 1 for a foreground
 * @param ignoreLabel mask value that is left out of the loss
 */
public record ExampleReader(int height, int width, int channels, int classes, Optional<Integer> ignoreLabel) {

    /** The image and its mask, both resampled to the input size: soft for a foreground, otherwise the nearest class. */
    public Example example(Pair pair) throws IOException {
        Raster image = read(pair.image(), channels).resized(height, width);
        Truth truth = truth(pair);
        byte[] target = classes == 1 ? soft(truth) : nearest(truth);
        return new Example(pair.stem(), height, width, bytes(image.values()), target);
    }

    /** The mask at its stored size. */
    public Truth truth(Pair pair) throws IOException {
        Raster mask = read(pair.mask(), 1);
        byte[] values = new byte[mask.values().length];
        for (int i = 0; i < values.length; i++) {
            int value = Math.round(mask.values()[i]);
            boolean ignored = ignoreLabel.isPresent() && ignoreLabel.get() == value;
            values[i] = (byte) (ignored ? Example.IGNORED : classes == 1 ? Math.min(1, value) : value);
        }
        return new Truth(mask.height(), mask.width(), values);
    }

    private byte[] soft(Truth truth) {
        float[] values = new float[truth.classes().length];
        for (int i = 0; i < values.length; i++) {
            values[i] = truth.classes()[i] == 1 ? 255 : 0;
        }
        return bytes(new Raster(truth.width(), truth.height(), 1, values)
                .resized(height, width)
                .values());
    }

    private byte[] nearest(Truth truth) {
        byte[] target = new byte[height * width];
        for (int y = 0; y < height; y++) {
            int row = nearest(y, height, truth.height()) * truth.width();
            for (int x = 0; x < width; x++) {
                target[y * width + x] = truth.classes()[row + nearest(x, width, truth.width())];
            }
        }
        return target;
    }

    /** The source pixel whose centre is nearest. */
    private static int nearest(int at, int size, int sourceSize) {
        return (int) ((at + 0.5) * sourceSize / size);
    }

    private static byte[] bytes(float[] values) {
        byte[] rounded = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            rounded[i] = (byte) Math.round(Math.min(255, Math.max(0, values[i])));
        }
        return rounded;
    }

    private static Raster read(Path file, int channels) throws IOException {
        BufferedImage image = ImageIO.read(file.toFile());
        if (image == null) {
            throw new IOException("Not an image that can be read: " + file);
        }
        int plane = image.getWidth() * image.getHeight();
        float[] values = new float[channels * plane];
        for (int i = 0; i < plane; i++) {
            int rgb = image.getRGB(i % image.getWidth(), i / image.getWidth());
            for (int c = 0; c < channels; c++) {
                values[c * plane + i] = rgb >> (16 - 8 * c) & 0xFF;
            }
        }
        return new Raster(image.getWidth(), image.getHeight(), channels, values);
    }
}
