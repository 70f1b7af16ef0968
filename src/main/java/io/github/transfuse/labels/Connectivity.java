package io.github.transfuse.labels;

/** Which pixels touch: those that differ by one step along at most so many axes. */
public enum Connectivity {
    /** Shared faces: 4 neighbours in 2D, 6 in 3D. */
    FACES,
    /** Shared edges too: 8 neighbours in 2D, 18 in 3D. */
    EDGES,
    /** Shared corners too: 8 neighbours in 2D, 26 in 3D. */
    CORNERS;

    /**
     * The connectivity with that number of neighbours.
     *
     * @param neighbours 4 or 8 in 2D; 6, 18 or 26 in 3D
     * @return the connectivity
     * @throws IllegalArgumentException for any other number
     */
    public static Connectivity of(int neighbours) {
        return switch (neighbours) {
            case 4, 6 -> FACES;
            case 18 -> EDGES;
            case 8, 26 -> CORNERS;
            default ->
                throw new IllegalArgumentException(
                        "connectivity " + neighbours + " must be 4 or 8 (2D), or 6, 18 or 26 (3D)");
        };
    }

    /** The number of axes along which neighbours may differ at once. */
    int axes(int numDimensions) {
        return switch (this) {
            case FACES -> 1;
            case EDGES -> Math.min(2, numDimensions);
            case CORNERS -> numDimensions;
        };
    }
}
