package qupath.lib.images.servers;

import java.io.IOException;

/** Declares what the extension uses of QuPath 0.6 to 0.8, for the compiler only. */
public interface ImageServer<T> {
    String getPath();

    int getWidth();

    int getHeight();

    int nChannels();

    boolean isRGB();

    int nZSlices();

    int nTimepoints();

    default PixelCalibration getPixelCalibration() {
        throw new UnsupportedOperationException();
    }

    default T readRegion(double downsample, int x, int y, int width, int height, int z, int t) throws IOException {
        throw new UnsupportedOperationException();
    }

    ImageServerMetadata getMetadata();
}
