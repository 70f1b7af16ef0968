package io.github.transfuse.image;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;

/**
 * Walks over the elements of a DICOM file without keeping any: ImageJ's decoder believes lengths and sizes, and may run
 * on for ever behind the end of a damaged file.
 */
final class DicomFile {
    private static final int META = 132;
    private static final long FLOATS = 0x7fe00008L;
    private static final long PIXELS = 0x7fe00010L;
    private static final long SYNTAX = 0x00020010L;
    private static final int ITEMS = 0xfffe;
    private static final long UNDEFINED = 0xffffffffL;
    private static final String IMPLICIT = "1.2.840.10008.1.2";
    private static final String BIG = "1.2.840.10008.1.2.2";
    private static final Set<String> PLAIN = Set.of(IMPLICIT, BIG, "1.2.840.10008.1.2.1");
    private static final Set<String> LONG = Set.of("OB", "OW", "OF", "OD", "OL", "OV", "SQ", "UC", "UN", "UR", "UT");

    private final RandomAccessFile in;
    private final long length;
    private String syntax = "";
    private String colors = "";
    private long at = META;
    private long rows;
    private long columns;
    private long bits = 8;
    private long samples = 1;
    private long frames = 1;

    private DicomFile(RandomAccessFile in) throws IOException {
        this.in = in;
        length = in.length();
    }

    /** An element: where its value is, and how long that is. */
    private record Element(long tag, boolean sequence, long value, long count) {}

    /**
     * Checks a file.
     *
     * @throws UnsupportedImageException if it is compressed
     * @throws IOException if it is damaged, without its name
     */
    static void check(Path file) throws IOException {
        try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
            new DicomFile(in).walk(file);
        }
    }

    private void walk(Path file) throws IOException {
        while (at < length) {
            requireUncompressed(file);
            Element element = next();
            if (element.tag >= FLOATS && element.tag <= PIXELS) {
                requirePixels(file, element.value);
                return;
            }
            note(element);
        }
        throw new UnsupportedImageException(
                file, "this DICOM file holds no image", "Give the files of the scan itself.");
    }

    /** What is behind the first group is all compressed, or only the pixels. */
    private void requireUncompressed(Path file) throws IOException {
        boolean first =
                Short.toUnsignedInt(read(at, 2).order(ByteOrder.LITTLE_ENDIAN).getShort(0)) == 2;
        if (!first && !syntax.isEmpty() && !PLAIN.contains(syntax)) {
            throw new UnsupportedImageException(
                    file,
                    "this DICOM file is compressed (transfer syntax " + syntax + ")",
                    "Export it uncompressed (Explicit VR Little Endian), or convert the series to NIfTI.");
        }
    }

    private void requirePixels(Path file, long from) throws IOException {
        PlaneLimit.check(file, columns, rows);
        if (colors.contains("_42")) {
            throw new UnsupportedImageException(
                    file, "its colours are stored as " + colors + ", which ImageJ does not read", "Export it as RGB.");
        }
        if (bits % 8 != 0) {
            throw new UnsupportedImageException(
                    file,
                    "its pixels have " + bits + (bits == 1 ? " bit" : " bits") + ", which ImageJ does not read",
                    "Convert it to NIfTI.");
        }
        double needed = (double) rows * columns * samples * frames * bits / Byte.SIZE;
        if (needed > length - from) {
            throw new IOException(
                    String.format(Locale.ROOT, "its pixels need %.0f bytes, but there are %d", needed, length - from));
        }
    }

    /** Contents of sequences come one after the other, as for ImageJ; values of nested ones are of no weight. */
    private Element next() throws IOException {
        ByteBuffer head = read(at, 8);
        boolean meta = head.order(ByteOrder.LITTLE_ENDIAN).getShort(0) == 2;
        head.order(!meta && syntax.equals(BIG) ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
        int group = Short.toUnsignedInt(head.getShort(0));
        long tag = (long) group << 16 | Short.toUnsignedInt(head.getShort(2));
        String type = new String(new byte[] {head.get(4), head.get(5)}, StandardCharsets.ISO_8859_1);
        boolean implicit = group == ITEMS || (!meta && syntax.equals(IMPLICIT)) || !type.matches("[A-Z]{2}");
        long count;
        long value = at + 8;
        if (implicit) {
            count = Integer.toUnsignedLong(head.getInt(4));
        } else if (LONG.contains(type)) {
            count = Integer.toUnsignedLong(read(at + 8, 4).order(head.order()).getInt(0));
            value = at + 12;
        } else {
            count = Short.toUnsignedLong(head.getShort(6));
        }
        boolean inside = group == ITEMS || count == UNDEFINED || (!implicit && type.equals("SQ"));
        if (!inside && tag != PIXELS && count > length - value) {
            throw new IOException("an element is longer than the file");
        }
        at = inside ? value : value + count;
        return new Element(tag, inside, value, inside ? 0 : count);
    }

    private void note(Element element) throws IOException {
        if (element.sequence || element.count < 1 || element.count > 64) {
            return;
        }
        if (element.tag == SYNTAX) {
            syntax = text(element);
        } else if (element.tag == 0x00280002L) {
            samples = number(element);
        } else if (element.tag == 0x00280004L) {
            colors = text(element);
        } else if (element.tag == 0x00280008L) {
            frames = text(element).matches("\\d{1,9}") ? Long.parseLong(text(element)) : 1;
        } else if (element.tag == 0x00280010L) {
            rows = number(element);
        } else if (element.tag == 0x00280011L) {
            columns = number(element);
        } else if (element.tag == 0x00280100L) {
            bits = number(element);
        }
    }

    private long number(Element element) throws IOException {
        ByteOrder order = syntax.equals(BIG) ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        return element.count < 2
                ? 0
                : Short.toUnsignedLong(read(element.value, 2).order(order).getShort(0));
    }

    private String text(Element element) throws IOException {
        byte[] bytes = read(element.value, (int) element.count).array();
        return new String(bytes, StandardCharsets.ISO_8859_1).replace('\0', ' ').strip();
    }

    private ByteBuffer read(long from, int count) throws IOException {
        if (count > length - from) {
            throw new IOException("it ends too early");
        }
        byte[] bytes = new byte[count];
        in.seek(from);
        in.readFully(bytes);
        return ByteBuffer.wrap(bytes);
    }
}
