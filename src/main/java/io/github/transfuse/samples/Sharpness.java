package io.github.transfuse.samples;

import java.util.SplittableRandom;

/** What cameras do to images: blur and noise. */
final class Sharpness {

    private static final int MAX_BLURS = 3;
    /** Of the standard deviation of the image. */
    private static final double MAX_NOISE = 0.2;

    private Sharpness() {}

    /** Blurs, adds noise, or does both, with equal probability; [C, H, W]. */
    static void blurOrNoise(float[] image, Frame frame, SplittableRandom random) {
        int choice = random.nextInt(3);
        if (choice != 0) {
            int times = 1 + random.nextInt(MAX_BLURS);
            for (int i = 0; i < times; i++) {
                blur(image, frame.height(), frame.width());
            }
        }
        if (choice != 1) {
            noise(image, random.nextDouble() * MAX_NOISE * deviation(image), random);
        }
    }

    /** The mean with weights 1, 2, 1 along rows, then along columns. */
    private static void blur(float[] image, int height, int width) {
        int planes = image.length / (height * width);
        for (int row = 0; row < planes * height; row++) {
            smooth(image, row * width, 1, width);
        }
        for (int plane = 0; plane < planes; plane++) {
            for (int column = 0; column < width; column++) {
                smooth(image, plane * height * width + column, width, height);
            }
        }
    }

    private static void smooth(float[] image, int from, int step, int count) {
        float before = image[from];
        for (int i = 0; i < count; i++) {
            int at = from + i * step;
            float here = image[at];
            float after = i + 1 < count ? image[at + step] : here;
            image[at] = (before + 2 * here + after) / 4;
            before = here;
        }
    }

    private static double deviation(float[] image) {
        double sum = 0;
        double squares = 0;
        for (float value : image) {
            sum += value;
            squares += (double) value * value;
        }
        double mean = sum / image.length;
        return Math.sqrt(Math.max(0, squares / image.length - mean * mean));
    }

    private static void noise(float[] image, double sigma, SplittableRandom random) {
        for (int i = 0; i < image.length; i++) {
            image[i] += (float) (sigma * random.nextGaussian());
        }
    }
}
