package io.github.transfuse.torch.train;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.transfuse.samples.Example;
import io.github.transfuse.samples.Truth;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AgreementTest {
    private static final double SMOOTH = 1e-3;

    private static Truth truth(String image, int... classes) {
        byte[] values = new byte[classes.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = (byte) classes[i];
        }
        return new Truth(image, 1, values.length, values);
    }

    @Test
    void imagesCountAlikeAndEmptyOnesAreRight() {
        Agreement agreement = new Agreement(1);
        agreement.add(new float[] {1, 1, 0, 0}, truth("a", 1, 0, 0, 0));
        agreement.add(new float[] {0, 0}, truth("b", 0, 0));
        assertEquals(((2 + SMOOTH) / (3 + SMOOTH) + 1) / 2, agreement.dice(), 1e-12);
        assertEquals(((1 + SMOOTH) / (2 + SMOOTH) + 1) / 2, agreement.iou(), 1e-12);
    }

    /** Slice by slice the second would have a Dice of 0.001 / 1.001. */
    @Test
    void slicesOfAStackAreOneImage() {
        Agreement agreement = new Agreement(1);
        agreement.add(new float[] {1, 1, 1, 0}, truth("stack", 1, 1, 1, 0));
        agreement.add(new float[] {0, 0, 0, 1}, truth("stack", 0, 0, 0, 0));
        assertEquals((6 + SMOOTH) / (7 + SMOOTH), agreement.dice(), 1e-12);
        assertEquals((3 + SMOOTH) / (4 + SMOOTH), agreement.iou(), 1e-12);
    }

    /** Pixel by pixel, as the sentence above {@link Agreement} says it, for one class everywhere. */
    private static double bruteForce(List<int[]> images, int last) {
        double best = 0;
        for (int answer = 0; answer <= last; answer++) {
            double sum = 0;
            for (int[] image : images) {
                double ofImage = 0;
                int present = 0;
                for (int c = 1; c <= last; c++) {
                    double both = 0;
                    double sizes = 0;
                    for (int pixel : image) {
                        if (pixel != Example.IGNORED) {
                            both += pixel == c && answer == c ? 1 : 0;
                            sizes += (pixel == c ? 1 : 0) + (answer == c ? 1 : 0);
                        }
                    }
                    if (sizes > 0) {
                        ofImage += (2 * both + SMOOTH) / (sizes + SMOOTH);
                        present++;
                    }
                }
                sum += present == 0 ? 1 : ofImage / present;
            }
            best = Math.max(best, sum / images.size());
        }
        return best;
    }

    @ParameterizedTest
    @CsvSource({"1,0.8", "1,0.1", "1,0", "2,0.7", "4,0.9"})
    void theBestConstantAnswerIsThatOfABruteForce(int last, double foreground) {
        Random random = new Random(5);
        List<int[]> images = new ArrayList<>();
        Agreement agreement = new Agreement(last);
        for (int n = 0; n < 6; n++) {
            int[] image = new int[300];
            for (int i = 0; i < image.length; i++) {
                int drawn = random.nextDouble() < foreground ? 1 + random.nextInt(last) : 0;
                image[i] = random.nextInt(20) == 0 ? Example.IGNORED : n == 2 ? 0 : drawn;
            }
            images.add(image);
            float[] predicted = new float[image.length];
            for (int i = 0; i < image.length; i++) {
                predicted[i] = random.nextInt(last + 1);
            }
            // in two slices, which count as one image
            int half = image.length / 2;
            agreement.add(
                    Arrays.copyOfRange(predicted, 0, half), truth("image" + n, Arrays.copyOfRange(image, 0, half)));
            agreement.add(
                    Arrays.copyOfRange(predicted, half, 300), truth("image" + n, Arrays.copyOfRange(image, half, 300)));
        }
        assertEquals(bruteForce(images, last), agreement.constant().dice(), 1e-12);
    }

    /** Cells fill the image, membranes do not: everything is foreground has 0.89, and knows nothing. */
    @Test
    void inMembranesEverythingForegroundWins() {
        Agreement agreement = new Agreement(1);
        int[] tissue = new int[1000];
        Arrays.fill(tissue, 0, 800, 1);
        agreement.add(new float[1000], truth("slice", tissue));
        assertEquals(1, agreement.constant().ofClass());
        assertEquals(1600.0 / 1800, agreement.constant().dice(), 1e-4);
    }

    @Test
    void ofEmptyImagesNothingWins() {
        Agreement agreement = new Agreement(2);
        agreement.add(new float[] {1, 0}, truth("a", 0, 0));
        assertEquals(new Agreement.Constant(0, 1), agreement.constant());
    }

    @Test
    void classesThatArePresentCountAlikeAndIgnoredPixelsNot() {
        Agreement agreement = new Agreement(3);
        agreement.add(new float[] {1, 2, 2, 1}, truth("a", 1, 2, 1, Example.IGNORED));
        double first = (2 + SMOOTH) / (3 + SMOOTH);
        double second = (2 + SMOOTH) / (3 + SMOOTH);
        assertEquals((first + second) / 2, agreement.dice(), 1e-12);
    }
}
