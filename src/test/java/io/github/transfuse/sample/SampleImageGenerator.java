package io.github.transfuse.sample;

import java.awt.AlphaComposite;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.QuadCurve2D;
import java.awt.image.BufferedImage;
import java.awt.image.ConvolveOp;
import java.awt.image.Kernel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;

/**
 * Draws the sample picture that is packed into the jar: a mole as a dermatoscope shows it, invented from noise, so that
 * nobody's data are shipped. Run {@link #main} with the path of the JPEG to write.
 */
public final class SampleImageGenerator {
    private static final int WIDTH = 640;
    private static final int HEIGHT = 480;
    private static final double[] SKIN = {222, 176, 152};
    private static final double[] BROWN = {126, 78, 56};
    private static final double[] DARK = {66, 40, 34};

    private final Random random = new Random(20);
    private final double[][] mottling = fractal(60, 4);
    private final double[][] border = fractal(110, 3);
    private final double[][] blotches = fractal(70, 4);
    private final double[][] grain = fractal(5, 2);

    private SampleImageGenerator() {}

    /** Writes the picture to the path given as the only argument. */
    public static void main(String[] args) throws IOException {
        write(new SampleImageGenerator().draw(), Path.of(args[0]));
    }

    BufferedImage draw() {
        BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < HEIGHT; y++) {
            for (int x = 0; x < WIDTH; x++) {
                image.setRGB(x, y, pixel(x, y));
            }
        }
        hairs(image);
        return blur(image);
    }

    private int pixel(int x, int y) {
        double dx = x - 0.47 * WIDTH;
        double dy = y - 0.52 * HEIGHT;
        double angle = 0.5;
        double u = (dx * Math.cos(angle) + dy * Math.sin(angle)) / 165;
        double v = (dy * Math.cos(angle) - dx * Math.sin(angle)) / 118;
        double distance = Math.hypot(u, v) + 0.2 * border[y][x];
        double lesion = smooth((1.1 - distance) / 0.26);
        double dark = smooth(0.5 + 1.1 * blotches[y][x] - 0.7 * (distance - 0.55)) * 0.85;
        double network = 0.10 * Math.sin((x + 9 * border[y][x]) / 3.3) * Math.sin((y + 9 * blotches[y][x]) / 3.3);
        double vignette = 1 - 0.22 * Math.pow(Math.hypot(x - WIDTH / 2.0, y - HEIGHT / 2.0) / (WIDTH / 2.0), 3);
        int rgb = 0;
        for (int c = 0; c < 3; c++) {
            double skin = SKIN[c] * (1 + 0.10 * mottling[y][x] * (c == 0 ? 0.6 : 1.2) + 0.035 * grain[y][x]);
            double brown = (BROWN[c] + (DARK[c] - BROWN[c]) * dark) * (1 + network + 0.08 * grain[y][x]);
            double value = (skin + (brown - skin) * lesion) * vignette + 2.5 * random.nextGaussian();
            rgb = rgb << 8 | (int) Math.max(0, Math.min(255, value));
        }
        return rgb;
    }

    private static double smooth(double t) {
        double s = Math.max(0, Math.min(1, t));
        return s * s * (3 - 2 * s);
    }

    private void hairs(BufferedImage image) {
        Graphics2D graphics = image.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setComposite(AlphaComposite.getInstance(AlphaComposite.SRC_OVER, 0.75f));
        graphics.setColor(new Color(58, 42, 38));
        for (int i = 0; i < 9; i++) {
            graphics.setStroke(new BasicStroke(1.2f + random.nextFloat()));
            double x = random.nextInt(WIDTH);
            double y = random.nextInt(HEIGHT);
            double direction = 0.9 + 0.5 * random.nextGaussian();
            double length = 110 + random.nextInt(130);
            double bend = 35 * random.nextGaussian();
            graphics.draw(new QuadCurve2D.Double(
                    x,
                    y,
                    x + length / 2 * Math.cos(direction) - bend * Math.sin(direction),
                    y + length / 2 * Math.sin(direction) + bend * Math.cos(direction),
                    x + length * Math.cos(direction),
                    y + length * Math.sin(direction)));
        }
        graphics.dispose();
    }

    private static BufferedImage blur(BufferedImage image) {
        float[] kernel = {1, 2, 1, 2, 4, 2, 1, 2, 1};
        for (int i = 0; i < kernel.length; i++) {
            kernel[i] /= 16;
        }
        return new ConvolveOp(new Kernel(3, 3, kernel), ConvolveOp.EDGE_NO_OP, null).filter(image, null);
    }

    /** Noise of several octaves with mean 0, roughly in [-1, 1]; {@code cell} is the size of its largest features. */
    private double[][] fractal(double cell, int octaves) {
        double[][] sum = new double[HEIGHT][WIDTH];
        for (int octave = 0; octave < octaves; octave++) {
            double scale = cell / (1 << octave);
            double[][] grid = new double[(int) (HEIGHT / scale) + 3][(int) (WIDTH / scale) + 3];
            for (double[] row : grid) {
                Arrays.setAll(row, i -> 2 * random.nextDouble() - 1);
            }
            for (int y = 0; y < HEIGHT; y++) {
                for (int x = 0; x < WIDTH; x++) {
                    sum[y][x] += at(grid, x / scale, y / scale) / (1 << octave);
                }
            }
        }
        return sum;
    }

    private static double at(double[][] grid, double x, double y) {
        int column = (int) x;
        int row = (int) y;
        double s = smooth(x - column);
        double upper = grid[row][column] + s * (grid[row][column + 1] - grid[row][column]);
        double lower = grid[row + 1][column] + s * (grid[row + 1][column + 1] - grid[row + 1][column]);
        return upper + smooth(y - row) * (lower - upper);
    }

    private static void write(BufferedImage image, Path path) throws IOException {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        ImageWriteParam parameters = writer.getDefaultWriteParam();
        parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
        parameters.setCompressionQuality(0.85f);
        try (ImageOutputStream out = ImageIO.createImageOutputStream(path.toFile())) {
            writer.setOutput(out);
            writer.write(null, new IIOImage(image, null, null), parameters);
        } finally {
            writer.dispose();
        }
    }
}
