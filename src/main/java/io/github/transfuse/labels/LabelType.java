package io.github.transfuse.labels;

/** The pixel type in which a host shows and stores labels. */
public enum LabelType {
    /** 8 bits, unsigned: class maps. */
    UINT8(255),
    /** 16 bits, unsigned: instances. */
    UINT16(65_535),
    /** 32-bit floating point, ImageJ's only larger type: exact up to 2^24. */
    FLOAT32(1 << 24);

    private final long largest;

    LabelType(long largest) {
        this.largest = largest;
    }

    /**
     * The largest label that this type holds exactly.
     *
     * @return the label
     */
    public long largest() {
        return largest;
    }

    /**
     * The type for a class map.
     *
     * @param classes number of classes, background included
     * @return the type
     */
    public static LabelType forClasses(int classes) {
        return classes <= 256 ? UINT8 : forInstances(classes - 1L);
    }

    /**
     * The type for instances.
     *
     * @param count largest label
     * @return 16 bits, or 32 above 65,535
     * @throws IllegalArgumentException if no type of the hosts holds so many
     */
    public static LabelType forInstances(long count) {
        if (count > FLOAT32.largest) {
            throw new IllegalArgumentException(count + " objects are more than a label image holds exactly ("
                    + FLOAT32.largest + "): set min_size, or segment parts of the image");
        }
        return count <= UINT16.largest ? UINT16 : FLOAT32;
    }
}
