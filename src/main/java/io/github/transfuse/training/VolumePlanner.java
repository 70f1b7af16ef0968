package io.github.transfuse.training;

import io.github.transfuse.inference.AxisOrder;
import io.github.transfuse.model.InputSpec;
import io.github.transfuse.model.Normalization;
import io.github.transfuse.network.Scales;
import io.github.transfuse.network.Variant;
import io.github.transfuse.settings.Keys;
import io.github.transfuse.settings.SettingException;
import io.github.transfuse.settings.Settings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Chooses how a network for volumes divides them: voxel size, tile, patch and stem, from the median size and spacing of
 * the training volumes. All lists are in the order z, y, x.
 *
 * @param settings for training
 * @param survey of the volumes
 */
record VolumePlanner(Settings settings, VolumeSurvey survey) {

    /** Slices this many times as far apart as pixels are not worth halving often. */
    private static final double FAR_APART = 2.5;

    /** Patches along an axis, so that the transformer has something to compare. */
    private static final int MIN_PATCHES = 4;

    private static final List<Integer> PATCHES = List.of(16, 8, 4);

    /** Tokens of a tile: attention grows with their square, and the maps of the heads with 64 cells each. */
    private static final int MAX_TOKENS = 640;

    /** Stored values below this are Hounsfield units of air, which only CT has. */
    private static final double AIR = -500;

    /** The variant for the median volume. */
    Variant variant() {
        List<Integer> patch = IntStream.range(0, 3).map(this::patch).boxed().toList();
        List<Integer> stem = patch.stream().map(length -> length == 4 ? 1 : 2).toList();
        Scales scales = new Scales(patch, stem);
        return Variant.T3D.withScales(scales, scales.grid(tile(scales)));
    }

    private int patch(int axis) {
        int length = length(axis);
        int largest = PATCHES.stream()
                .filter(patch -> patch * MIN_PATCHES <= length)
                .findFirst()
                .orElse(4);
        double finest =
                spacing().stream().mapToDouble(Double::doubleValue).min().orElse(1);
        boolean farApart = spacing().get(axis) >= FAR_APART * finest;
        return farApart ? Math.max(4, largest / 2) : largest;
    }

    /** Voxels along an axis at the voxel size of the model. */
    private int length(int axis) {
        double scaled =
                survey.size().get(axis) * survey.spacing().get(axis) / spacing().get(axis);
        return (int) Math.max(1, Math.round(scaled));
    }

    private List<Double> spacing() {
        return settings.get(Keys.PIXEL_SIZE).isPresent()
                ? IntStream.range(0, 3)
                        .mapToObj(axis -> axis == 0
                                ? survey.spacing().get(0)
                                : settings.get(Keys.PIXEL_SIZE).get())
                        .toList()
                : survey.spacing();
    }

    /**
     * What a network of these scales sees.
     *
     * @param scales of the variant
     */
    InputSpec input(Scales scales) {
        boolean ct = survey.lowest() <= AIR;
        Optional<List<Double>> voxel = survey.calibrated() ? Optional.of(spacing()) : Optional.empty();
        return new InputSpec(
                InputSpec.Rule.TILE,
                tile(scales),
                settings.get(Keys.OVERLAP).orElse(0.5),
                CtWindow.of(settings)
                        .orElse(
                                ct
                                        ? new Normalization(
                                                Normalization.Kind.PERCENTILE, List.of(), List.of(), 0.5, 99.5)
                                        : new Normalization(Normalization.Kind.ZSCORE, List.of(), List.of(), 0, 100)),
                new InputSpec.Sampling(voxel, survey.unit(), InputSpec.Mode.VOLUME, 0));
    }

    /** The median volume in whole patches, cut down along its longest axes until its tokens are not too many. */
    private List<Integer> tile(Scales scales) {
        Optional<int[]> given = settings.get(Keys.TILE_SIZE);
        if (given.isPresent()) {
            return given(given.get(), scales);
        }
        List<Integer> patches = new ArrayList<>();
        for (int axis = 0; axis < 3; axis++) {
            patches.add(Math.max(
                    1, (int) Math.ceil((double) length(axis) / scales.patch().get(axis))));
        }
        while (patches.stream().reduce(1, (a, b) -> a * b) > MAX_TOKENS) {
            int longest = IntStream.range(0, 3)
                    .reduce((a, b) -> patches.get(a) > patches.get(b) ? a : b)
                    .orElseThrow();
            patches.set(longest, patches.get(longest) - 1);
        }
        return IntStream.range(0, 3)
                .map(axis -> patches.get(axis) * scales.patch().get(axis))
                .boxed()
                .toList();
    }

    private static List<Integer> given(int[] tile, Scales scales) {
        List<Integer> size = Arrays.stream(AxisOrder.reversed(tile)).boxed().toList();
        if (!scales.divide(size)) {
            throw new SettingException("tile_size of volumes is width x height x depth in multiples of the patches "
                    + scales.patch().get(2) + " x " + scales.patch().get(1) + " x "
                    + scales.patch().get(0) + ", such as 40x56x40.");
        }
        return size;
    }
}
