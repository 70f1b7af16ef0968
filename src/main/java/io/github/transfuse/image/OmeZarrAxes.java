package io.github.transfuse.image;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.RealType;
import net.imglib2.view.Views;

/**
 * What runs along the axes of an OME-Zarr array, in its order: the last axis fastest.
 *
 * @param axes empty where an axis has one sample and a name that is not known
 */
record OmeZarrAxes(List<Optional<Axis>> axes) {
    /** The order of the versions in which axes had no names. */
    private static final String UNNAMED = "tczyx";

    static OmeZarrAxes of(JsonObject multiscale, JsonObject dataset, long... shape) throws IOException {
        List<JsonElement> names = multiscale.get("axes") instanceof JsonArray array ? array.asList() : unnamed(shape);
        if (names.size() != shape.length) {
            throw new IOException("it names " + names.size() + " axes, but its array has " + shape.length);
        }
        double[] scale = scale(dataset, shape.length);
        double[] factor = scale(multiscale, shape.length);
        List<Optional<Axis>> axes = new ArrayList<>();
        for (int d = 0; d < shape.length; d++) {
            axes.add(axis(names.get(d), scale[d] * factor[d], shape[d]));
        }
        return new OmeZarrAxes(axes);
    }

    private static List<JsonElement> unnamed(long... shape) throws IOException {
        List<JsonElement> names = new ArrayList<>();
        if (shape.length > UNNAMED.length()) {
            throw new IOException("its axes have no names");
        }
        for (char name : UNNAMED.substring(UNNAMED.length() - shape.length).toCharArray()) {
            names.add(new JsonPrimitive(name));
        }
        return names;
    }

    private static Optional<Axis> axis(JsonElement element, double size, long length) throws IOException {
        boolean plain = element.isJsonPrimitive();
        String name = (plain ? element : element.getAsJsonObject().get("name")).getAsString();
        Axis.Kind kind =
                switch (name.toLowerCase(Locale.ROOT)) {
                    case "x" -> Axis.Kind.X;
                    case "y" -> Axis.Kind.Y;
                    case "z" -> Axis.Kind.Z;
                    case "c", "channel" -> Axis.Kind.CHANNEL;
                    case "t", "time" -> Axis.Kind.TIME;
                    default -> null;
                };
        if (kind == null) {
            if (length > 1) {
                throw new IOException("its axis '" + name + "' is not known");
            }
            return Optional.empty();
        }
        String unit = plain || !(element.getAsJsonObject().get("unit") instanceof JsonPrimitive text)
                ? Axis.UNCALIBRATED
                : text.getAsString();
        boolean known = kind.isSpatial() && size > 0 && Double.isFinite(size) && !unit.equals(Axis.UNCALIBRATED);
        return Optional.of(known ? new Axis(kind, size, unit.equals("micrometer") ? "micron" : unit) : Axis.of(kind));
    }

    /** Distances of samples; 1 where they are not given. */
    private static double[] scale(JsonObject of, int count) throws IOException {
        double[] scale = new double[count];
        Arrays.fill(scale, 1);
        if (of.get("coordinateTransformations") instanceof JsonArray steps) {
            for (JsonElement step : steps) {
                if (step.getAsJsonObject().get("scale") instanceof JsonArray numbers) {
                    if (numbers.size() != count) {
                        throw new IOException("its scale has " + numbers.size() + " numbers for " + count + " axes");
                    }
                    for (int d = 0; d < count; d++) {
                        scale[d] *= numbers.get(d).getAsDouble();
                    }
                }
            }
        }
        return scale;
    }

    /** An image without the axes of one sample, but with X and Y. */
    CalibratedImage image(String name, ZarrPixels array, boolean rgb, List<String> notes) throws IOException {
        RandomAccessibleInterval<? extends RealType<?>> pixels = array.image();
        List<Axis> kept = new ArrayList<>();
        for (int i = axes.size() - 1, d = 0; i >= 0; i--) {
            Optional<Axis> axis = axes.get(i);
            boolean plane = axis.isPresent()
                    && (axis.get().kind() == Axis.Kind.X || axis.get().kind() == Axis.Kind.Y);
            if (pixels.dimension(d) == 1 && !plane) {
                pixels = Views.hyperSlice(pixels, d, 0);
            } else {
                kept.add(axis.orElseThrow());
                d++;
            }
        }
        CalibratedImage image = new CalibratedImage(name, pixels, kept, false, notes);
        boolean colors = rgb && image.size(Axis.Kind.CHANNEL) == 3;
        return new CalibratedImage(name, pixels, kept, colors, notes);
    }
}
