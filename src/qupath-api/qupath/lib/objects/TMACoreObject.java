package qupath.lib.objects;

/** Declares what the extension uses of QuPath 0.6 to 0.8, for the compiler only. */
public class TMACoreObject extends PathObject {
    public boolean isMissing() {
        throw new UnsupportedOperationException();
    }
}
