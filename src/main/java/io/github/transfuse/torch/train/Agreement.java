package io.github.transfuse.torch.train;

import io.github.transfuse.samples.Example;
import io.github.transfuse.samples.Truth;

/**
 * Dice and IoU of one image as (2I + e) / (S + e) and (I + e) / (U + e) with e = 0.001: means over the classes present in
 * prediction or truth, 1 where there is none.
 *
 * @param dice in (0, 1]
 * @param iou in (0, 1]
 */
record Agreement(double dice, double iou) {

    private static final double SMOOTH = 1e-3;

    /**
     * Compares class indices.
     *
     * @param predicted [(D,) H, W]
     * @param last greatest class; 1 for a foreground
     */
    static Agreement of(float[] predicted, Truth truth, int last) {
        double dice = 0;
        double iou = 0;
        int present = 0;
        for (int c = 1; c <= last; c++) {
            long[] counts = count(predicted, truth.classes(), c);
            double both = (double) counts[1] + counts[2];
            if (both > 0) {
                dice += (2 * counts[0] + SMOOTH) / (both + SMOOTH);
                iou += (counts[0] + SMOOTH) / (both - counts[0] + SMOOTH);
                present++;
            }
        }
        return present == 0 ? new Agreement(1, 1) : new Agreement(dice / present, iou / present);
    }

    /** Pixels in both, in the prediction, in the truth; ignored ones in none. */
    private static long[] count(float[] predicted, byte[] truth, int wanted) {
        long[] counts = new long[3];
        for (int i = 0; i < truth.length; i++) {
            if ((truth[i] & 0xFF) == Example.IGNORED) {
                continue;
            }
            boolean p = predicted[i] == wanted;
            boolean t = truth[i] == wanted;
            counts[0] += p && t ? 1 : 0;
            counts[1] += p ? 1 : 0;
            counts[2] += t ? 1 : 0;
        }
        return counts;
    }
}
