package qupath.lib.images.servers;

import java.util.List;

/** Declares what the extension uses of QuPath 0.6 to 0.8, for the compiler only. */
public class ImageServerMetadata {
    public List<ImageChannel> getChannels() {
        throw new UnsupportedOperationException();
    }

    public String getName() {
        throw new UnsupportedOperationException();
    }
}
