package io.github.transfuse.segmentation;

import io.github.transfuse.engine.Device;
import io.github.transfuse.image.FittedNormalization;
import io.github.transfuse.inference.FlipAverage;
import io.github.transfuse.inference.Inference;
import io.github.transfuse.inference.Preparation;
import io.github.transfuse.inference.TileGrid;
import io.github.transfuse.model.InputSpec;
import io.github.transfuse.model.ModelSpec;
import io.github.transfuse.settings.Keys;
import io.github.transfuse.settings.OptionalKey;
import io.github.transfuse.settings.SettingException;
import io.github.transfuse.settings.Settings;
import io.github.transfuse.tiling.TilePlan;
import io.github.transfuse.tiling.TilePredictor;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * What the settings choose of how a model sees images; all else is as the model says.
 *
 * @param model whose rules hold where the settings are silent
 * @param settings for segmenting or evaluating
 */
public record ModelSettings(ModelSpec model, Settings settings) {
    /** Settings of models that see images tile by tile. */
    private static final List<OptionalKey<?>> TILING = List.of(Keys.TILE_SIZE, Keys.OVERLAP, Keys.PIXEL_SIZE);

    /**
     * How tiles lie.
     *
     * @throws SettingException if the tile size has not as many numbers as the model has axes
     */
    public TileGrid grid() {
        TileGrid usual = TileGrid.of(model.input());
        int[] size = settings.get(Keys.TILE_SIZE).orElse(usual.size());
        if (size.length != usual.size().length) {
            throw new SettingException("tile_size = " + settings.written(Keys.TILE_SIZE) + " must have "
                    + usual.size().length + " numbers for this model, such as "
                    + Arrays.stream(usual.size()).mapToObj(Integer::toString).collect(Collectors.joining("x"))
                    + ".");
        }
        return new TileGrid(size, settings.get(Keys.OVERLAP).orElse(usual.overlap()));
    }

    /**
     * How images are prepared.
     *
     * @param notes told what has no effect, and later what was decided
     * @param given numbers of the normalisation; empty: fitted to each image
     * @throws SettingException if the model is not for the mode
     */
    public Preparation preparation(Consumer<String> notes, Optional<FittedNormalization> given) {
        requireMode();
        tellIdle(notes);
        List<Integer> channels = settings.get(Keys.CHANNELS).orElse(List.of());
        OptionalDouble pixelSize =
                settings.get(Keys.PIXEL_SIZE).map(OptionalDouble::of).orElseGet(OptionalDouble::empty);
        return new Preparation(model, channels, pixelSize, given, notes);
    }

    /**
     * How the logits of an image are computed.
     *
     * @param given with the area to compute
     * @param notes told how the network climbs down where memory is short
     * @throws IOException if the network cannot be opened
     */
    public Inference inference(NetworkHolder network, Beforehand given, Consumer<String> notes) throws IOException {
        Device device = network.info().device();
        TilePredictor tiles = new LadderPredictor(network, notes);
        return new Inference(
                model,
                grid(),
                settings.get(Keys.FLIPS) ? new FlipAverage(tiles) : tiles,
                new Inference.Work(given.area(), given.readers(), plan -> batchSize(plan, device)));
    }

    private int batchSize(TilePlan plan, Device device) {
        return settings.get(Keys.BATCH_SIZE)
                .orElseGet(() -> BatchPlanner.now().batchSize(plan.tilePixels(), plan.count(), device));
    }

    private void requireMode() {
        Optional<String> asked = settings.get(Keys.MODE);
        String mode = model.input().sampling().mode().name().toLowerCase(Locale.ROOT);
        if (!asked.orElse(mode).equals(mode)) {
            throw new SettingException("mode=" + asked.get() + " is not possible with the model "
                    + model.identity().name() + ", which was trained for mode=" + mode
                    + ". Leave mode at auto, or choose another model.");
        }
    }

    /** What is given is used, or it is said that it is not. */
    private void tellIdle(Consumer<String> notes) {
        List<String> idle =
                TILING.stream().filter(settings::has).map(OptionalKey::name).toList();
        if (model.input().rule() != InputSpec.Rule.TILE && !idle.isEmpty()) {
            notes.accept("No effect of " + String.join(", ", idle)
                    + ": this model does not work in tiles, but sees each image as a whole.");
        }
    }
}
