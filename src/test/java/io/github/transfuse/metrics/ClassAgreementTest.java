package io.github.transfuse.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClassAgreementTest {
    private static final double SMOOTH = 1e-3;
    private static final int IGNORED = 255;

    private static void add(ClassAgreement agreement, int classes, String image, int[] predicted, int... truth) {
        agreement.add(image, Confusion.of(Shapes.row(predicted), Shapes.row(truth), classes, IGNORED));
    }

    @Test
    void imagesCountAlikeAndEmptyOnesAreRight() {
        ClassAgreement agreement = new ClassAgreement(2);
        add(agreement, 2, "a", new int[] {1, 1, 0, 0}, 1, 0, 0, 0);
        add(agreement, 2, "b", new int[] {0, 0}, 0, 0);
        assertEquals(((2 + SMOOTH) / (3 + SMOOTH) + 1) / 2, agreement.dice(), 1e-12);
        assertEquals((1.0 / 2 + 1) / 2, agreement.iou(), 1e-12);
    }

    /** Slice by slice the second would have a Dice of 0.001 / 1.001. */
    @Test
    void slicesOfAStackAreOneImage() {
        ClassAgreement agreement = new ClassAgreement(2);
        add(agreement, 2, "stack", new int[] {1, 1, 1, 0}, 1, 1, 1, 0);
        add(agreement, 2, "stack", new int[] {0, 0, 0, 1}, 0, 0, 0, 0);
        assertEquals((6 + SMOOTH) / (7 + SMOOTH), agreement.dice(), 1e-12);
        assertEquals(3.0 / 4, agreement.iou(), 1e-12);
    }

    /** Pixel by pixel, as the sentence above {@link ClassAgreement} says it, for one class everywhere. */
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
                        if (pixel != IGNORED) {
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
        ClassAgreement agreement = new ClassAgreement(last + 1);
        for (int n = 0; n < 6; n++) {
            int[] image = new int[300];
            for (int i = 0; i < image.length; i++) {
                int drawn = random.nextDouble() < foreground ? 1 + random.nextInt(last) : 0;
                image[i] = random.nextInt(20) == 0 ? IGNORED : n == 2 ? 0 : drawn;
            }
            images.add(image);
            int[] predicted = new int[image.length];
            for (int i = 0; i < image.length; i++) {
                predicted[i] = random.nextInt(last + 1);
            }
            // in two slices, which count as one image
            int half = image.length / 2;
            add(
                    agreement,
                    last + 1,
                    "image" + n,
                    Arrays.copyOfRange(predicted, 0, half),
                    Arrays.copyOfRange(image, 0, half));
            add(
                    agreement,
                    last + 1,
                    "image" + n,
                    Arrays.copyOfRange(predicted, half, 300),
                    Arrays.copyOfRange(image, half, 300));
        }
        assertEquals(bruteForce(images, last), agreement.constant().dice(), 1e-12);
    }

    /** Cells fill the image, membranes do not: everything is foreground has 0.89, and knows nothing. */
    @Test
    void inMembranesEverythingForegroundWins() {
        ClassAgreement agreement = new ClassAgreement(2);
        int[] tissue = new int[1000];
        Arrays.fill(tissue, 0, 800, 1);
        add(agreement, 2, "slice", new int[1000], tissue);
        assertEquals(1, agreement.constant().ofClass());
        assertEquals(1600.0 / 1800, agreement.constant().dice(), 1e-4);
    }

    /** Pearson's correlation of two columns of zeros and ones, each pixel with the weight 1 / pixels of its image. */
    private static double pearson(List<int[][]> images, int ofClass) {
        double n = images.size();
        double meanX = 0;
        double meanY = 0;
        for (int[][] image : images) {
            for (int i = 0; i < image[0].length; i++) {
                meanX += (image[0][i] == ofClass ? 1 : 0) / n / image[0].length;
                meanY += (image[1][i] == ofClass ? 1 : 0) / n / image[0].length;
            }
        }
        double xy = 0;
        double xx = 0;
        double yy = 0;
        for (int[][] image : images) {
            for (int i = 0; i < image[0].length; i++) {
                double x = (image[0][i] == ofClass ? 1 : 0) - meanX;
                double y = (image[1][i] == ofClass ? 1 : 0) - meanY;
                xy += x * y / image[0].length;
                xx += x * x / image[0].length;
                yy += y * y / image[0].length;
            }
        }
        return xy / Math.sqrt(xx * yy);
    }

    @Test
    void theCorrelationIsThatOfPearson() {
        Random random = new Random(7);
        List<int[][]> images = new ArrayList<>();
        ClassAgreement agreement = new ClassAgreement(4);
        for (int n = 0; n < 4; n++) {
            int[] truth = random.ints(50 + 200L * n, 0, 3).toArray();
            int[] predicted = Arrays.stream(truth)
                    .map(c -> random.nextInt(3) == 0 ? random.nextInt(4) : c)
                    .toArray();
            images.add(new int[][] {predicted, truth});
            add(agreement, 4, "image" + n, predicted, truth);
        }
        // class 3 is in no truth
        assertEquals((pearson(images, 1) + pearson(images, 2)) / 2, agreement.correlation(), 1e-12);
        assertTrue(agreement.correlation() > 0.5);
    }

    /**
     * The electron micrographs of which four fifths are cells: a trained model with the Dice 0.886 of cells and 0.586 of
     * membranes, everything cells with 0.889, and a guess with the right shares. Only the first knows anything.
     */
    @Test
    void noConstantAnswerAndNoGuessHasACorrelation() {
        int n = 20_000;
        int[] truth = new int[n];
        Arrays.fill(truth, 0, n * 4 / 5, 1);
        int[] trained = new int[n];
        Arrays.fill(trained, n * 1053 / 10_000, n * 8733 / 10_000, 1);
        int[] everything = new int[n];
        Arrays.fill(everything, 1);
        Random random = new Random(3);
        int[] guess =
                Arrays.stream(truth).map(c -> random.nextInt(5) == 0 ? 0 : 1).toArray();
        double[] dice = new double[3];
        double[] correlation = new double[3];
        int[][] answers = {trained, everything, guess};
        for (int i = 0; i < answers.length; i++) {
            ClassAgreement agreement = new ClassAgreement(2);
            add(agreement, 2, "slice", answers[i], truth);
            dice[i] = agreement.dice();
            correlation[i] = agreement.correlation();
        }
        assertEquals(0.886, dice[0], 2e-3);
        assertEquals(0.889, dice[1], 1e-3);
        assertTrue(dice[1] > dice[0], "by Dice the constant answer wins");
        assertEquals(0.476, correlation[0], 5e-3);
        assertEquals(0, correlation[1]);
        assertEquals(0, correlation[2], 0.02);
    }

    @Test
    void withoutForegroundThereIsNoCorrelation() {
        ClassAgreement agreement = new ClassAgreement(2);
        add(agreement, 2, "a", new int[] {1, 0}, 0, 0);
        assertTrue(Double.isNaN(agreement.correlation()));
        add(agreement, 2, "b", new int[] {0, 1}, 0, 1);
        add(agreement, 2, "left out", new int[] {0, 1}, IGNORED, IGNORED);
        assertEquals(1 / Math.sqrt(3), agreement.correlation(), 1e-12);
    }

    @Test
    void ofEmptyImagesNothingWins() {
        ClassAgreement agreement = new ClassAgreement(3);
        add(agreement, 3, "a", new int[] {1, 0}, 0, 0);
        assertEquals(new ClassAgreement.Constant(0, 1), agreement.constant());
    }

    @Test
    void classesThatArePresentCountAlikeAndIgnoredPixelsNot() {
        ClassAgreement agreement = new ClassAgreement(4);
        add(agreement, 4, "a", new int[] {1, 2, 2, 1}, 1, 2, 1, IGNORED);
        double first = (2 + SMOOTH) / (3 + SMOOTH);
        double second = (2 + SMOOTH) / (3 + SMOOTH);
        assertEquals((first + second) / 2, agreement.dice(), 1e-12);
    }

    @Test
    void theDiceOfAnImageLeavesOutAbsentClasses() {
        Overlap half = new Overlap(1, 2, 2);
        Overlap absent = new Overlap(0, 0, 0);
        Overlap missed = new Overlap(0, 0, 5);
        assertEquals((half.dice() + missed.dice()) / 2, ClassAgreement.dice(List.of(half, absent, missed)), 1e-15);
        assertEquals(1, ClassAgreement.dice(List.of(absent, absent)));
    }
}
