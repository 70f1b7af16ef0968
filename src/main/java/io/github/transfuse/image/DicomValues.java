package io.github.transfuse.image;

import java.util.ArrayList;
import java.util.List;

/**
 * The values of frames that belong together, all of one type: samples as they are where they are values, 16-bit numbers
 * where values are whole, as those of CT, else floats.
 *
 * @param planes of all frames, the first colour before the others
 * @param signed whether bytes and shorts can be negative
 */
record DicomValues(List<Object> planes, boolean signed) {
    static DicomValues of(List<DicomPixels> frames) {
        DicomPixels first = frames.get(0);
        boolean small = first.planes()[0] instanceof byte[] || first.planes()[0] instanceof short[];
        List<Object> planes = new ArrayList<>();
        if (small && frames.stream().allMatch(DicomPixels::isPlain)) {
            for (int c = 0; c < first.planes().length; c++) {
                for (DicomPixels frame : frames) {
                    planes.add(frame.planes()[c]);
                }
            }
            return new DicomValues(planes, first.signed());
        }
        boolean whole = frames.stream().allMatch(DicomPixels::isShort);
        frames.forEach(frame -> planes.add(whole ? frame.shorts() : frame.floats()));
        return new DicomValues(planes, true);
    }
}
