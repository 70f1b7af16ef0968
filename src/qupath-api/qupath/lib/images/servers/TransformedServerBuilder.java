package qupath.lib.images.servers;

import java.awt.image.BufferedImage;
import qupath.lib.color.ColorDeconvolutionStains;

/** Declares what the extension uses of QuPath 0.6 to 0.8, for the compiler only. */
public class TransformedServerBuilder {
    public TransformedServerBuilder(ImageServer<BufferedImage> base) {}

    public TransformedServerBuilder deconvolveStains(ColorDeconvolutionStains stains, int... numbers) {
        throw new UnsupportedOperationException();
    }

    public ImageServer<BufferedImage> build() {
        throw new UnsupportedOperationException();
    }
}
