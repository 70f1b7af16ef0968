package io.github.transfuse.image;

import ij.gui.Roi;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the name and the group of a ROI say.
 *
 * @param full the name without what this plugin puts before it in overlays; empty if there is none, or one that ImageJ gives
 *     by itself
 * @param words the name without a number at its end, and without slice and frame
 * @param number at the end of the name; 0 if there is none
 * @param group 0: none
 * @param ofClass whether it is an outline of a class, as {@link #ofClass(String)} calls them
 */
public record RoiName(String full, String words, int number, int group, boolean ofClass) {
    /** What the names of outlines over an image begin with. */
    public static final String OVERLAY = "TransFuse ";

    /** Names that the ROI Manager gives: positions in the image. */
    private static final Pattern POSITION = Pattern.compile("\\d{4,5}-\\d{4,5}(-\\d{4,5})*(-\\d+)?");

    private static final Pattern NUMBERED =
            Pattern.compile("(.*?[^\\s\\d_-])[\\s_-]+(\\d{1,8})(?:-\\d+)?(?: z\\d+)?(?: t\\d+)?");
    private static final Pattern CLASS = Pattern.compile(OVERLAY + "'(.*)'(?:-\\d+)?");

    private static final Pattern PLACED = Pattern.compile("(.+?)(?: z\\d+)?(?: t\\d+)?");

    /** What an outline of a class over an image is called, so that no number in it is taken for that of an object. */
    public static String ofClass(String name) {
        return OVERLAY + "'" + name + "'";
    }

    /** An object of a class that is called so. */
    static RoiName ofObject(String words, int number) {
        return new RoiName(words + " " + number, words, number, 0, false);
    }

    /** An area of a class that is called so; empty if it has none. */
    static RoiName ofArea(String words) {
        return new RoiName(words, words, 0, 0, false);
    }

    /** Reads them. */
    public static RoiName of(Roi roi) {
        return of(roi.getName() == null ? "" : roi.getName().strip(), roi.getGroup());
    }

    /** Reads them; the name may be empty. */
    static RoiName of(String name, int group) {
        if (name.isEmpty() || POSITION.matcher(name).matches()) {
            return new RoiName("", "", 0, group, false);
        }
        Matcher ofClass = CLASS.matcher(name);
        if (ofClass.matches()) {
            return new RoiName(ofClass.group(1), ofClass.group(1), 0, group, true);
        }
        boolean numberOnly = name.matches(OVERLAY + "\\d+(-\\d+)?");
        String full = name.startsWith(OVERLAY) && !numberOnly ? name.substring(OVERLAY.length()) : name;
        Matcher numbered = NUMBERED.matcher(full);
        if (numbered.matches()) {
            return new RoiName(full, numbered.group(1), Integer.parseInt(numbered.group(2)), group, false);
        }
        Matcher placed = PLACED.matcher(full);
        return new RoiName(full, placed.matches() ? placed.group(1) : full, 0, group, false);
    }

    /** Whether nobody has named it. */
    boolean isNameless() {
        return full.isEmpty();
    }

    /** Whether it is called as this plugin calls objects. */
    boolean isNumbered() {
        return number > 0;
    }
}
