package qupath.lib.regions;

/** Declares what the extension uses of QuPath 0.6 to 0.8, for the compiler only. */
public class ImagePlane {
    public static ImagePlane getPlane(int z, int t) {
        throw new UnsupportedOperationException();
    }

    public int getZ() {
        throw new UnsupportedOperationException();
    }

    public int getT() {
        throw new UnsupportedOperationException();
    }
}
