package io.github.transfuse.image;

import java.util.ArrayList;
import java.util.List;

/**
 * A picture as a file stores it, before it is shown.
 *
 * @param planes arrays of bytes or shorts: grey, or red, green and blue; the opacity behind them, if there is one
 * @param max the value of white, and of what is wholly opaque
 */
record RawPicture(String name, int width, int height, List<Object> planes, int max) {
    private static final int BYTE = 255;
    private static final int SHORT = 65_535;

    CalibratedImage as(boolean labels) {
        return labels ? asLabels() : asImage();
    }

    /** As it looks: few bits are spread over 0..255, those of colours over 0..65535; what is transparent shows white. */
    CalibratedImage asImage() {
        boolean colored = planes.size() >= 3;
        int most = max < BYTE ? BYTE : colored && max > BYTE ? SHORT : max;
        for (Object plane : planes) {
            for (int i = 0; most != max && i < width * height; i++) {
                TiffColors.put(plane, i, (TiffColors.get(plane, i) * most + max / 2) / max);
            }
        }
        return shown(false, most);
    }

    /** The stored numbers; what is transparent is 0. */
    CalibratedImage asLabels() {
        return shown(true, max);
    }

    private CalibratedImage shown(boolean labels, int white) {
        List<Object> colors = planes;
        List<String> notes = new ArrayList<>();
        if (planes.size() % 2 == 0) {
            int last = planes.size() - 1;
            Opacity opacity = new Opacity(planes.get(last), white);
            colors = planes.subList(0, last);
            colors = labels ? opacity.labels(colors) : opacity.onWhite(colors, false);
            if (opacity.isNone()) {
                notes.add(name + ": its opacity, which is 0 everywhere, is left out.");
            }
        }
        boolean colored = colors.size() == 3;
        List<Axis> axes = new ArrayList<>(List.of(Axis.of(Axis.Kind.X), Axis.of(Axis.Kind.Y)));
        if (colored) {
            axes.add(Axis.of(Axis.Kind.CHANNEL));
        }
        long[] size = colored ? new long[] {width, height, 3} : new long[] {width, height};
        return new CalibratedImage(name, PlaneImages.of(colors, false, size), axes, colored, notes);
    }
}
