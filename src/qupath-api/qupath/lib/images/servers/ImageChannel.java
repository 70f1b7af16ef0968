package qupath.lib.images.servers;

/** Declares what the extension uses of QuPath 0.6 to 0.8, for the compiler only. */
public class ImageChannel {
    public String getName() {
        throw new UnsupportedOperationException();
    }
}
