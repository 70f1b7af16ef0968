package qupath.lib.common;

/** Declares what the extension uses of QuPath 0.6 to 0.8, for the compiler only. */
public class Version {
    public static Version parse(String text) {
        throw new UnsupportedOperationException();
    }
}
