package io.github.transfuse.imagej;

import ij.IJ;
import ij.ImagePlus;
import ij.ImageStack;
import ij.gui.Overlay;
import ij.gui.TextRoi;
import io.github.transfuse.engine.EdgeLetters;
import io.github.transfuse.image.Placement;
import java.awt.Color;
import java.awt.Font;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Letters at the edges of an image, to where in the body its planes end there: L R A P S I. They are text in its overlay,
 * where ImageJ hides, shows and removes it; pixels stay what they are. What does not say how it lies gets none.
 */
final class BodyLetters {
    /** Seen on the black and on the colours of labels. */
    private static final Color COLOR = new Color(0xFFE14D);

    private static final int MIN_SIZE = 7;
    private static final int MAX_SIZE = 28;

    /** A letter is this part of the shorter side of a plane. */
    private static final int PART = 16;

    /** In a plane of fewer letters they would hide what they name. */
    private static final int MIN_LETTERS = 4;

    /** As ImageJ lists the header of a file in DICOM: the directions of rows and columns, to the left, back and top. */
    private static final Pattern DIRECTIONS = Pattern.compile("(?m)^0020,0037 [^:\\n]*:([^\\n]*)$");

    private static final List<String> LPS = List.of("RL", "AP", "IS");

    private BodyLetters() {}

    /**
     * The letters of an image that was read from a volume, or by ImageJ from files in DICOM.
     *
     * @return empty if it is not known how it lies, or not all of its slices lie in the same way
     */
    static Optional<EdgeLetters> of(ImagePlus image) {
        Optional<Placement> place = InputImages.placement(image);
        return place.isPresent()
                ? place.filter(Placement::isAnatomical).map(Placement::codes).map(BodyLetters::along)
                : ofHeaders(image);
    }

    private static EdgeLetters along(String axes) {
        return EdgeLetters.along(axes.charAt(0), axes.charAt(1));
    }

    private static Optional<EdgeLetters> ofHeaders(ImagePlus image) {
        ImageStack stack = image.getStack();
        Set<Optional<EdgeLetters>> found = new HashSet<>();
        for (int i = 1; i <= stack.getSize(); i++) {
            String label = stack.getSliceLabel(i);
            boolean header = label != null && label.indexOf('\n') >= 0;
            found.add(ofHeader(header ? label : image.getInfoProperty()));
        }
        return found.size() == 1 ? found.iterator().next() : Optional.empty();
    }

    private static Optional<EdgeLetters> ofHeader(String header) {
        Matcher line = DIRECTIONS.matcher(header == null ? "" : header);
        if (!line.find()) {
            return Optional.empty();
        }
        try {
            double[] directions = Arrays.stream(line.group(1).strip().split("\\\\", -1))
                    .mapToDouble(Double::parseDouble)
                    .toArray();
            Optional<Character> right = direction(Arrays.copyOfRange(directions, 0, 3));
            Optional<Character> down = direction(Arrays.copyOfRange(directions, 3, 6));
            boolean known = directions.length == 6 && right.isPresent() && down.isPresent();
            return known
                    ? Optional.of(along(String.valueOf(new char[] {right.get(), down.get()})))
                            .filter(letters -> letters.left() != letters.top() && letters.left() != letters.bottom())
                    : Optional.empty();
        } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
            return Optional.empty();
        }
    }

    /** The direction of the body that is nearest. */
    private static Optional<Character> direction(double... vector) {
        int longest = 0;
        for (int d = 1; d < vector.length; d++) {
            longest = Math.abs(vector[d]) > Math.abs(vector[longest]) ? d : longest;
        }
        double length = vector[longest];
        return length == 0 || !Double.isFinite(length)
                ? Optional.empty()
                : Optional.of(LPS.get(longest).charAt(length > 0 ? 1 : 0));
    }

    /** Lays the letters over all planes of an image of our own; into small ones, none. */
    static void lay(EdgeLetters letters, ImagePlus image) {
        int shorter = Math.min(image.getWidth(), image.getHeight());
        int size = Math.max(MIN_SIZE, Math.min(MAX_SIZE, shorter / PART));
        if (shorter < MIN_LETTERS * size) {
            return;
        }
        Overlay overlay = image.getOverlay() == null ? new Overlay() : image.getOverlay();
        try {
            overlay.add(letter(letters.left(), size, image, 0, 0.5));
            overlay.add(letter(letters.right(), size, image, 1, 0.5));
            overlay.add(letter(letters.top(), size, image, 0.5, 0));
            overlay.add(letter(letters.bottom(), size, image, 0.5, 1));
            image.setOverlay(overlay);
        } catch (LinkageError | InternalError e) {
            // a server without fonts: nobody looks at it there
            IJ.log("TransFuse: no letters at the edges, for this Java has no fonts.");
        }
    }

    /**
     * A letter.
     *
     * @param x where of the way across, from 0 to 1
     * @param y where of the way down
     */
    private static TextRoi letter(char letter, int size, ImagePlus image, double x, double y) {
        TextRoi text = new TextRoi(0, 0, String.valueOf(letter), new Font(Font.SANS_SERIF, Font.BOLD, size));
        text.setStrokeColor(COLOR);
        text.setName("Orientation " + letter);
        double width = image.getWidth() - text.getFloatWidth();
        double height = image.getHeight() - text.getFloatHeight();
        text.setLocation((int) Math.round(x * width), (int) Math.round(y * height));
        return text;
    }
}
