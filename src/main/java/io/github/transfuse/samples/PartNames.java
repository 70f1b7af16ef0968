package io.github.transfuse.samples;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names of files that are parts of one image: pieces of a slide ({@code slide_x512_y0_z0_t0}), the planes of a stack that was
 * open in ImageJ ({@code stack-plane0007}) and the quarters of a picture ({@code picture-part3}). Parts resemble each other: a
 * network that has learned one knows the next.
 */
final class PartNames {
    private static final Pattern PART =
            Pattern.compile("(.+?)(?:[_-]x\\d+[_-]y\\d+(?:_z\\d+)?(?:_t\\d+)?(?:_\\d+)?|-plane\\d{4,}|-part[1-4])");

    private PartNames() {}

    /** The name of the image that a file is a part of; that of the file itself if it is whole. */
    static String imageOf(String stem) {
        Matcher part = PART.matcher(stem);
        return part.matches() ? part.group(1) : stem;
    }
}
