package qupath.lib.color;

/** Declares what the extension uses of QuPath 0.6 to 0.8, for the compiler only. */
public class ColorDeconvolutionStains {
    public StainVector getStain(int n) {
        throw new UnsupportedOperationException();
    }
}
