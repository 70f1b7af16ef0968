package io.github.transfuse.samples;

/**
 * How much of the light a pixel lets through, from its value in {@link Units}: optical densities are those of stored values,
 * whatever black and white a model sees in them.
 *
 * @param gain per channel
 * @param offset per channel, added after the gain
 */
record Light(double[] gain, double[] offset) {
    private static final double WHITE_OF_BYTES = 255;

    /** Units of a fixed normalisation: 0 is no light and 1 is all. */
    static final Light OF_UNITS = new Light(new double[] {1, 1, 1}, new double[Stains.CHANNELS]);

    /** Of an image: all light is the largest value of its file type, or of the image where that is not known. */
    static Light of(Example example) {
        double white = white(example.image());
        Units units = example.units();
        double[] gain = new double[Stains.CHANNELS];
        double[] offset = new double[Stains.CHANNELS];
        for (int c = 0; c < Stains.CHANNELS; c++) {
            gain[c] = 1 / (units.gain()[c] * white);
            offset[c] = -units.offset()[c] * gain[c];
            if (!Double.isFinite(gain[c])) {
                // one value everywhere: there is nothing to stain
                return OF_UNITS;
            }
        }
        return new Light(gain, offset);
    }

    private static double white(Picture picture) {
        if (picture.isOfBytes()) {
            return WHITE_OF_BYTES;
        }
        double white = 0;
        for (int i = 0; i < picture.channels() * picture.plane(); i++) {
            white = Math.max(white, picture.at(i));
        }
        return white;
    }

    double of(int channel, double value) {
        return value * gain[channel] + offset[channel];
    }

    double toUnits(int channel, double light) {
        return (light - offset[channel]) / gain[channel];
    }
}
