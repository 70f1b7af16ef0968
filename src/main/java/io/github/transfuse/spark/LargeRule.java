package io.github.transfuse.spark;

import io.github.transfuse.settings.SettingException;
import java.util.List;
import org.apache.spark.SparkConf;

/**
 * Which images are cut into parts that several workers compute.
 *
 * @param blocks {@code auto}: large ones, if there are too few images for all workers; {@code always}; {@code never}
 * @param minPixels of a large image, channels not counted
 */
record LargeRule(String blocks, long minPixels) {
    /** Name of what users set. */
    static final String KEY = "spark.transfuse.blocks";

    /** Below, one worker is done before others have begun. */
    static final long MIN_PIXELS = 4096L * 4096;

    private static final String AUTO = "auto";
    private static final String ALWAYS = "always";
    private static final String NEVER = "never";

    LargeRule {
        if (!List.of(AUTO, ALWAYS, NEVER).contains(blocks)) {
            throw new SettingException(KEY + "=" + blocks + " is not known. Give auto, always or never.");
        }
    }

    /** As the user says. */
    static LargeRule of(SparkConf conf) {
        return new LargeRule(conf.get(KEY, AUTO), MIN_PIXELS);
    }

    /**
     * Whether images are worth a look.
     *
     * @param images of the run
     * @param slots tasks that run at once
     */
    boolean looks(int images, int slots) {
        return blocks.equals(ALWAYS) || (blocks.equals(AUTO) && images < slots);
    }

    /** Whether an image that was looked at is cut. */
    boolean cuts(long pixels) {
        return blocks.equals(ALWAYS) || pixels >= minPixels;
    }
}
