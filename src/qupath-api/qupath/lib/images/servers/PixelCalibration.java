package qupath.lib.images.servers;

/** Declares what the extension uses of QuPath 0.6 to 0.8, for the compiler only. */
public class PixelCalibration {
    public boolean hasPixelSizeMicrons() {
        throw new UnsupportedOperationException();
    }

    public double getPixelWidthMicrons() {
        throw new UnsupportedOperationException();
    }

    public double getPixelHeightMicrons() {
        throw new UnsupportedOperationException();
    }
}
