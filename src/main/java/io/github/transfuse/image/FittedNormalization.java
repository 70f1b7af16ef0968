package io.github.transfuse.image;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.Collections;
import java.util.List;

/**
 * The numbers that turn pixel values into network inputs: {@code (value * scale[c] - mean[c]) / std[c]}. Fitted to a whole
 * image once and used for all of its tiles; stored with the result, so that a run can be repeated on a part of the image.
 *
 * @param scale per channel
 * @param mean per channel
 * @param std per channel, positive
 */
public record FittedNormalization(List<Double> scale, List<Double> mean, List<Double> std) {

    private static final Gson GSON = new Gson();

    /** Copies the lists and checks the numbers. */
    public FittedNormalization {
        scale = List.copyOf(scale);
        mean = List.copyOf(mean);
        std = List.copyOf(std);
        boolean sameSize = scale.size() == mean.size() && mean.size() == std.size();
        if (!sameSize || std.stream().anyMatch(s -> !(s > 0))) {
            throw new IllegalArgumentException("A normalisation needs a scale, a mean and a positive std per channel.");
        }
    }

    /** Values stay as they are. */
    public static FittedNormalization none(int channels) {
        return new FittedNormalization(
                Collections.nCopies(channels, 1.0),
                Collections.nCopies(channels, 0.0),
                Collections.nCopies(channels, 1.0));
    }

    /** Number of channels. */
    public int channels() {
        return scale.size();
    }

    /** The numbers of all channels again and again, for images that repeat their channels. */
    public FittedNormalization repeated(int times) {
        return new FittedNormalization(repeated(scale, times), repeated(mean, times), repeated(std, times));
    }

    private static List<Double> repeated(List<Double> numbers, int times) {
        return Collections.nCopies(times, numbers).stream()
                .flatMap(List::stream)
                .toList();
    }

    /** What a value is multiplied with, after which {@link #offset} is added. */
    public float gain(int channel) {
        return (float) (scale.get(channel) / std.get(channel));
    }

    /** What is added after multiplying with {@link #gain}. */
    public float offset(int channel) {
        return (float) (-mean.get(channel) / std.get(channel));
    }

    /**
     * Normalises values of one channel in place.
     *
     * @param channel from 0
     * @param values pixel values
     */
    public void apply(int channel, float[] values) {
        float gain = gain(channel);
        float offset = offset(channel);
        for (int i = 0; i < values.length; i++) {
            values[i] = values[i] * gain + offset;
        }
    }

    /** As JSON, for the provenance of a result. */
    public JsonObject toJson() {
        return GSON.toJsonTree(this).getAsJsonObject();
    }

    /**
     * The inverse of {@link #toJson}.
     *
     * @throws IllegalArgumentException if this is not a normalisation
     */
    public static FittedNormalization fromJson(JsonObject json) {
        return new FittedNormalization(list(json, "scale"), list(json, "mean"), list(json, "std"));
    }

    private static List<Double> list(JsonObject json, String key) {
        try {
            return json.getAsJsonArray(key).asList().stream()
                    .map(JsonElement::getAsDouble)
                    .toList();
        } catch (ClassCastException | NullPointerException | NumberFormatException | UnsupportedOperationException e) {
            throw new IllegalArgumentException("This is not a stored normalisation: " + json, e);
        }
    }
}
