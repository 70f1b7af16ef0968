package io.github.transfuse.image;

/**
 * Which samples along one axis make each sample of another size. Pixels are areas: sample i covers [i, i + 1), so its
 * centre is at i + 0.5, as in OpenCV's {@code resize} and PyTorch with {@code align_corners=false}. Enlarging and
 * shrinking up to a factor of two interpolates linearly between the two nearest centres; shrinking further takes the mean
 * over the area covered, since two samples of many would alias.
 *
 * @param first per output sample, the first input sample
 * @param weights per output sample, the weights of the input samples from {@code first} on; their sum is 1
 */
record ResamplingWeights(long[] first, float[][] weights) {

    private static final double MAX_LINEAR_STEP = 2;

    static ResamplingWeights of(long from, long to) {
        int size = Math.toIntExact(to);
        ResamplingWeights table = new ResamplingWeights(new long[size], new float[size][]);
        double step = (double) from / to;
        for (int i = 0; i < size; i++) {
            if (step <= MAX_LINEAR_STEP) {
                table.interpolate(i, (i + 0.5) * step - 0.5, from);
            } else {
                table.average(i, i * step, Math.min((double) from, (i + 1) * step));
            }
        }
        return table;
    }

    private void interpolate(int i, double centre, long from) {
        double inside = Math.min(Math.max(centre, 0), from - 1d);
        first[i] = Math.min((long) inside, Math.max(0, from - 2));
        float fraction = (float) (inside - first[i]);
        weights[i] = from == 1 ? new float[] {1} : new float[] {1 - fraction, fraction};
    }

    private void average(int i, double begin, double end) {
        first[i] = (long) begin;
        int count = (int) ((long) Math.ceil(end) - first[i]);
        weights[i] = new float[count];
        for (int k = 0; k < count; k++) {
            double covered = Math.min(end, first[i] + k + 1d) - Math.max(begin, (double) (first[i] + k));
            weights[i][k] = (float) (covered / (end - begin));
        }
    }
}
