package io.github.transfuse.slide;

import io.github.transfuse.Segmentation;
import io.github.transfuse.labels.LabelMeans;
import io.github.transfuse.model.OutputSpec;
import java.util.Map;
import java.util.Optional;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.IntegerType;
import net.imglib2.type.numeric.real.FloatType;

/**
 * Labels that the network found.
 *
 * @param pixels 0 = background; x, y
 * @param probabilities with the class as last axis, if they were asked for
 * @param kind what the labels are
 */
record RegionLabels(
        RandomAccessibleInterval<? extends IntegerType<?>> pixels,
        Optional<? extends RandomAccessibleInterval<FloatType>> probabilities,
        OutputSpec.Kind kind) {

    static RegionLabels of(Segmentation result) {
        return new RegionLabels(result.labels(), result.probabilities(), result.kind());
    }

    /** Mean probabilities by label; empty if probabilities were not asked for. */
    Map<Long, LabelMeans> means() {
        return probabilities.map(p -> LabelMeans.of(pixels, p)).orElse(Map.of());
    }
}
