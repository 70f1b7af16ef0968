package io.github.transfuse;

import io.github.transfuse.network.NetworkSpec;
import io.github.transfuse.network.Variant;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which network and image a fixture was made with.
 *
 * @param variant its row; the position table is stored for the grid of the image
 * @param height of the image
 * @param width of the image
 * @param batch images
 * @param seed of weights and images
 * @param classes output channels
 */
public record GoldenCase(Variant variant, int height, int width, int batch, int seed, int classes) {

    private static final Pattern NAME =
            Pattern.compile("(?:train_)?([A-Z]+\\d*)_(\\d+)x(\\d+)_b(\\d+)_s(\\d+)(?:_nc(\\d+))?.*");

    /** From a file's metadata, or from its name where they do not say. */
    public static GoldenCase of(String name, Map<String, String> metadata) {
        Matcher matcher = NAME.matcher(name);
        if (!matcher.matches()) {
            throw new AssertionError("'" + name + "' does not name variant, size, batch and seed");
        }
        int height = number(metadata, "H", matcher.group(2));
        int width = number(metadata, "W", matcher.group(3));
        Variant variant = Variant.of(metadata.getOrDefault("variant", matcher.group(1)));
        return new GoldenCase(
                variant.withGrid(height / Variant.patch(), width / Variant.patch()),
                height,
                width,
                number(metadata, "B", matcher.group(4)),
                number(metadata, "seed", matcher.group(5)),
                number(
                        metadata,
                        "num_classes",
                        Optional.ofNullable(matcher.group(6)).orElse("1")));
    }

    private static int number(Map<String, String> metadata, String key, String otherwise) {
        return Integer.parseInt(metadata.getOrDefault(key, otherwise));
    }

    /** The network. */
    public NetworkSpec spec(boolean alignCorners) {
        return new NetworkSpec(variant, 3, classes, alignCorners);
    }
}
