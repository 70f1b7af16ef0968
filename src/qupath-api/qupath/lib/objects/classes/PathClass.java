package qupath.lib.objects.classes;

/** Declares what the extension uses of QuPath 0.6 to 0.8, for the compiler only. */
public class PathClass {
    public static PathClass getInstance(String name, Integer color) {
        throw new UnsupportedOperationException();
    }

    public Integer getColor() {
        throw new UnsupportedOperationException();
    }

    @Override
    public String toString() {
        throw new UnsupportedOperationException();
    }
}
