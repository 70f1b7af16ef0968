package io.github.transfuse.samples;

import java.nio.file.Path;

/**
 * An image and its mask.
 *
 * @param stem file name of the image without its extension; of a scan in folders within a folder the name of the outer one
 * @param image file
 * @param mask file
 */
public record Pair(String stem, Path image, Path mask) {

    /** What the image is called in messages: its file, or its outermost folder. */
    public String imageName() {
        String name = image.getFileName().toString();
        return name.startsWith(stem) ? name : stem;
    }
}
