package io.github.transfuse.inference;

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
import io.github.transfuse.image.Window;
import io.github.transfuse.model.InputSpec;
import io.github.transfuse.model.ModelSpec;
import io.github.transfuse.model.Normalization;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import net.imglib2.type.numeric.integer.UnsignedByteType;

/**
 * Checks an image, chooses its channels, brings it to the axes of the model, fits the normalisation and finds its pixel size.
 *
 * @param model that is to see the image
 * @param channels of the image, counted from 1; empty: all
 * @param pixelSize along all axes, in the model's unit, whatever the image says; empty: what the image says
 * @param given numbers of the normalisation; empty: fitted to the image
 * @param notes told what was decided
 */
public record Preparation(
        ModelSpec model,
        List<Integer> channels,
        OptionalDouble pixelSize,
        Optional<FittedNormalization> given,
        Consumer<String> notes) {

    /**
     * The image as the model sees it.
     *
     * @throws UnsupportedImageException if it does not fit the model
     */
    public NetworkParts planes(CalibratedImage image) throws UnsupportedImageException {
        PixelChecks.requireUsable(image);
        CalibratedImage lying = Channels.match(image, model.imageChannels(), channels);
        lying.notes().forEach(notes);
        Orientation orientation = Orientation.of(lying, model.input().sampling().orientation());
        orientation.notes().forEach(notes);
        CalibratedImage matched = windowed(orientation.apply(lying));
        int spatial = model.input().sampling().mode().axes();
        if (spatial == 3 && matched.dimension(Axis.Kind.Z).isEmpty()) {
            throw new UnsupportedImageException(
                    image.name(),
                    "it has a single slice, but the model " + model.identity().name() + " is for volumes (mode="
                            + mode() + ")",
                    "Give a stack whose slices run along z, or use a model for slices.");
        }
        FittedNormalization normalization =
                given.orElseGet(() -> Normalizer.fit(model.input().normalization(), matched, notes));
        if (normalization.channels() != model.imageChannels()) {
            throw new UnsupportedImageException(
                    image.name(),
                    "the given normalisation is for " + normalization.channels() + " channel(s), but the model has "
                            + model.imageChannels(),
                    "Give the numbers of a run with this model, or none.");
        }
        CalibratedImage seen =
                NeighbourSlices.asChannels(matched, model.input().sampling().context());
        return new NetworkParts(matched, seen, normalization, pixelSize(matched, spatial), spatial, orientation);
    }

    private CalibratedImage windowed(CalibratedImage image) {
        Normalization rule = model.input().normalization();
        if (rule.kind() != Normalization.Kind.WINDOW) {
            return image;
        }
        Window window = new Window(rule.low(), rule.high());
        if (image.pixels().getAt(image.pixels().minAsLongArray()) instanceof UnsignedByteType) {
            notes.accept(window.doubt());
        }
        return window.cut(image);
    }

    private String mode() {
        return model.input().sampling().mode().name().toLowerCase(Locale.ROOT);
    }

    private Optional<double[]> pixelSize(CalibratedImage image, int spatial) {
        InputSpec.Sampling sampling = model.input().sampling();
        boolean matters = model.input().rule() == InputSpec.Rule.TILE
                && sampling.pixelSize().isPresent();
        if (!matters || pixelSize.isPresent()) {
            return matters
                    ? Optional.of(DoubleStream.generate(pixelSize::getAsDouble)
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
