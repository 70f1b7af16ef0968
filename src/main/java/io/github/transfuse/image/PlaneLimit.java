package io.github.transfuse.image;

/** How large a plane can be that a Java array holds, which ImageJ and the JDK's readers need. */
final class PlaneLimit {
    /** Pixels of the largest plane. */
    static final long PIXELS = Integer.MAX_VALUE - 8L;

    private PlaneLimit() {}

    static void check(Object image, long width, long height) throws UnsupportedImageException {
        if (width < 1 || height < 1) {
            throw new UnsupportedImageException(
                    image, "the image has no pixels (" + width + " x " + height + ")", "Give an image with pixels.");
        }
        if (height > PIXELS / width) {
            throw exceeded(image, width, height);
        }
    }

    static UnsupportedImageException exceeded(Object image, long width, long height) {
        return new UnsupportedImageException(
                image,
                "a plane of " + width + " x " + height + " pixels is larger than this reader can hold (" + PIXELS
                        + " pixels)",
                "Save it as a pyramidal OME-TIFF and segment it with TransFuse in QuPath, or crop it.");
    }
}
