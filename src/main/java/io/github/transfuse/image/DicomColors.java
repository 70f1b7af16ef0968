package io.github.transfuse.image;

import io.github.transfuse.dicom.DicomData;
import io.github.transfuse.dicom.DicomTag;
import io.github.transfuse.dicom.PixelForm;
import io.github.transfuse.dicom.UnknownDicomException;
import java.io.IOException;
import java.util.Set;

/** Makes samples what they stand for: grey, or red, green and blue. */
final class DicomColors {
    /** What measures something. */
    private static final Set<String> MEASURED = Set.of("CT", "PT", "MR", "NM", "RTDOSE");

    private final DicomData data;
    private final PixelForm form;
    private final boolean labels;

    DicomColors(DicomData data, PixelForm form, boolean labels) {
        this.data = data;
        this.form = form;
        this.labels = labels;
    }

    private static UnknownDicomException unknown(String what) {
        return new UnknownDicomException("its colours are stored as " + what);
    }

    /**
     * The planes of a frame.
     *
     * @param photometric what samples mean
     */
    Object[] planes(String photometric, Object... samples) throws IOException {
        switch (photometric) {
            case "MONOCHROME1", "MONOCHROME2", "" -> {
                return grey(samples);
            }
            case "PALETTE COLOR" -> {
                return labels ? grey(samples) : lookedUp(samples);
            }
            case "RGB" -> {
                return colors(photometric, samples);
            }
            case "YBR_FULL", "YBR_FULL_422" -> {
                Object[] planes = colors(photometric, samples);
                if (!(planes[0] instanceof byte[])) {
                    throw unknown(photometric + " of " + form.stored() + " bits");
                }
                TiffYcbcr.convert((byte[]) planes[0], (byte[]) planes[1], (byte[]) planes[2]);
                return planes;
            }
            default -> throw unknown(photometric);
        }
    }

    private Object[] grey(Object... samples) throws IOException {
        if (samples.length != 1) {
            throw unknown(form.photometric() + " of " + samples.length + " samples");
        }
        if (form.stored() == 1 && !labels) {
            byte[] bits = ((byte[]) samples[0]).clone();
            for (int i = 0; i < bits.length; i++) {
                bits[i] = (byte) -bits[i];
            }
            return new Object[] {bits};
        }
        return samples;
    }

    private Object[] colors(String photometric, Object... samples) throws IOException {
        boolean whole = form.stored() == Byte.SIZE || form.stored() == Short.SIZE;
        if (samples.length != 3 || !whole || form.signed()) {
            throw unknown(photometric + " of " + samples.length + " x " + form.stored() + " bits");
        }
        return samples;
    }

    /** Whether what is white has the smallest value, and values are nothing but how bright a pixel is. */
    boolean isInverted() {
        return form.photometric().equals("MONOCHROME1") && !isMeasured(data);
    }

    /** Whether values have a meaning, however they are shown. */
    static boolean isMeasured(DicomData data) {
        return MEASURED.contains(data.text(DicomTag.MODALITY));
    }

    private Object[] lookedUp(Object... indices) throws IOException {
        if (indices.length != 1 || indices[0] instanceof int[]) {
            throw unknown("a palette of " + form.samples() + " x " + form.stored() + " bits");
        }
        Object[] planes = new Object[3];
        for (int c = 0; c < planes.length; c++) {
            planes[c] = lookedUp(table(c), indices[0]);
        }
        return planes;
    }

    private byte[] lookedUp(Table table, Object indices) {
        byte[] colors = new byte[form.pixels()];
        for (int i = 0; i < colors.length; i++) {
            int index = indices instanceof byte[] bytes
                    ? form.signed() ? bytes[i] : Byte.toUnsignedInt(bytes[i])
                    : form.signed() ? ((short[]) indices)[i] : Short.toUnsignedInt(((short[]) indices)[i]);
            int entry = Math.max(0, Math.min(table.entries.length - 1, index - table.first));
            colors[i] = table.entries[entry];
        }
        return colors;
    }

    /** The colours of indices from {@code first} on; what is beyond has the colour at the end. */
    private record Table(int first, byte[] entries) {}

    /** Of tables with 16 bits the high byte counts. */
    private Table table(int color) throws IOException {
        int[] shape = data.shorts(DicomTag.PALETTE_RED + color);
        int[] words = data.shorts(DicomTag.PALETTE_RED_DATA + color);
        byte[] bytes = data.bytes(DicomTag.PALETTE_RED_DATA + color);
        if (shape.length != 3 || bytes.length == 0) {
            throw unknown("a palette in segments, or without a table");
        }
        int count = shape[0] == 0 ? 1 << Short.SIZE : shape[0];
        boolean narrow = bytes.length == count || (shape[2] == Byte.SIZE && bytes.length == count + count % 2);
        if (!narrow && words.length < count) {
            throw new IOException("a table of colours has " + words.length + " entries, not " + count);
        }
        byte[] entries = new byte[count];
        for (int i = 0; i < count; i++) {
            entries[i] = (byte) (narrow ? bytes[i] : shape[2] == Byte.SIZE ? words[i] : words[i] >> Byte.SIZE);
        }
        return new Table(form.signed() ? (short) shape[1] : shape[1], entries);
    }
}
