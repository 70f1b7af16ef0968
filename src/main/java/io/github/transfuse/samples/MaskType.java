package io.github.transfuse.samples;

import java.util.Arrays;
import java.util.Locale;

/** What the values of a mask mean. */
public enum MaskType {
    /** Found out: two values are {@link #BINARY}; up to 20 values of 8 bits, or of volumes, are {@link #CLASSES}; else refused. */
    AUTO,
    /** The smaller value is background, everything else foreground. */
    BINARY,
    /** Values are class indices, 0 is background. */
    CLASSES,
    /** Values number the objects, 0 is background. */
    INSTANCES;

    /**
     * The type of this name, in any case.
     *
     * @throws IllegalArgumentException naming the known ones
     */
    public static MaskType of(String name) {
        return Arrays.stream(values())
                .filter(type -> type.toString().equalsIgnoreCase(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "Unknown mask_type '" + name + "'. Known are auto, binary, classes, instances."));
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
