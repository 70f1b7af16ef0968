package io.github.transfuse;

import io.github.transfuse.image.Axis;
import io.github.transfuse.image.CalibratedImage;
import io.github.transfuse.image.Channels;
import io.github.transfuse.image.FittedNormalization;
import io.github.transfuse.image.Lengths;
import io.github.transfuse.image.NeighbourSlices;
import io.github.transfuse.image.Normalizer;
import io.github.transfuse.image.Orientation;
import io.github.transfuse.image.PixelChecks;
import io.github.transfuse.image.UnsupportedImageException;
import io.github.transfuse.model.InputSpec;
import io.github.transfuse.model.ModelSpec;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** Checks an image, chooses its channels, brings it to the axes of the model, fits the normalisation and finds its pixel size. */
record Preparation(ModelSpec model, Settings settings, Consumer<String> notes, Optional<FittedNormalization> given) {
    /** Settings of models that see images tile by tile. */
    private static final List<String> TILING = List.of("tile_size", "overlap", "pixel_size");

    Planes planes(CalibratedImage image) throws UnsupportedImageException {
        requireMode();
        PixelChecks.requireUsable(image);
        List<Integer> channels = settings.channels()
                .map(indices -> Arrays.stream(indices).map(i -> i + 1).boxed().toList())
                .orElse(List.of());
        CalibratedImage lying = Channels.match(image, model.imageChannels(), channels);
        lying.notes().forEach(notes);
        Orientation orientation = Orientation.of(lying, model.input().sampling().orientation());
        orientation.notes().forEach(notes);
        CalibratedImage matched = orientation.apply(lying);
        int spatial = model.input().sampling().mode().axes();
        if (spatial == 3 && matched.dimension(Axis.Kind.Z).isEmpty()) {
            throw new UnsupportedImageException(
                    image.name(),
                    "it has a single slice, but the model " + model.identity().name() + " is for volumes (mode="
                            + mode() + ")",
                    "Give a stack whose slices run along z, or use a model for slices.");
        }
        tellIdleSettings();
        FittedNormalization normalization =
                given.orElseGet(() -> Normalizer.fit(model.input().normalization(), matched));
        if (normalization.channels() != model.imageChannels()) {
            throw new UnsupportedImageException(
                    image.name(),
                    "the given normalisation is for " + normalization.channels() + " channel(s), but the model has "
                            + model.imageChannels(),
                    "Give the numbers of a run with this model, or none.");
        }
        CalibratedImage seen =
                NeighbourSlices.asChannels(matched, model.input().sampling().context());
        return new Planes(matched, seen, normalization, pixelSize(matched, spatial), spatial, orientation);
    }

    private String mode() {
        return model.input().sampling().mode().name().toLowerCase(Locale.ROOT);
    }

    private void requireMode() {
        String asked = settings.get("mode");
        if (!asked.equals("auto") && !asked.equals(mode())) {
            throw new SettingException("mode=" + asked + " is not possible with the model "
                    + model.identity().name() + ", which was trained for mode=" + mode()
                    + ". Leave mode at auto, or choose another model.");
        }
    }

    /** What is given is used, or it is said that it is not. */
    private void tellIdleSettings() {
        List<String> idle =
                TILING.stream().filter(key -> settings.text(key).isPresent()).toList();
        if (model.input().rule() != InputSpec.Rule.TILE && !idle.isEmpty()) {
            notes.accept("No effect of " + String.join(", ", idle)
                    + ": this model does not work in tiles, but sees each image as a whole.");
        }
    }

    private Optional<double[]> pixelSize(CalibratedImage image, int spatial) {
        InputSpec.Sampling sampling = model.input().sampling();
        boolean matters = model.input().rule() == InputSpec.Rule.TILE
                && sampling.pixelSize().isPresent();
        OptionalDouble given = settings.number("pixel_size");
        if (!matters || given.isPresent()) {
            return matters
                    ? Optional.of(DoubleStream.generate(given::getAsDouble)
                            .limit(spatial)
                            .toArray())
                    : Optional.empty();
        }
        double[] size = IntStream.range(0, spatial)
                .mapToObj(d -> image.axes().get(d))
                .map(axis -> Lengths.spacing(axis, sampling.unit()))
                .filter(OptionalDouble::isPresent)
                .mapToDouble(OptionalDouble::getAsDouble)
                .toArray();
        if (size.length == spatial) {
            return Optional.of(size);
        }
        notes.accept("The image has no pixel size in a unit that converts to " + sampling.unit()
                + ": it is taken as it is, although the model was trained at "
                + sampling.pixelSize().get() + " "
                + sampling.unit() + ". Calibrate the image, or give pixel_size.");
        return Optional.empty();
    }
}
