package io.github.transfuse.dicom;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** An open DICOM file that holds pixels; with or without a preamble. */
public final class DicomFile implements Closeable {
    private static final int PREAMBLE = 128;
    private static final Pattern BARE = Pattern.compile(
            "(?s)(\\x02\\x00[\\x00-\\x20]\\x00|\\x08\\x00[\\x00-\\x90]\\x00)((UL|UI|OB|CS|DA|TM|SH|LO|SQ|ST|PN).*|.[\\x00\\x01]\\x00\\x00)");

    private final ByteSource file;
    private final ByteSource content;
    private final TransferSyntax syntax;
    private final DicomData meta;
    private final DicomData data = new DicomData();
    private final DicomParser.Element pixels;

    private DicomFile(ByteSource file) throws IOException {
        this.file = file;
        DicomParser parser = new DicomParser(file, start(file), true, ByteOrder.LITTLE_ENDIAN);
        meta = parser.meta();
        String uid = meta.text(DicomTag.SYNTAX);
        syntax = uid.isEmpty() ? guessed(parser.at()) : TransferSyntax.of(uid);
        boolean deflated = syntax == TransferSyntax.DEFLATED;
        content = deflated ? ByteSource.of(inflated(parser.at())) : file;
        boolean explicit = syntax != TransferSyntax.IMPLICIT;
        pixels = new DicomParser(content, deflated ? 0 : parser.at(), explicit, syntax.order()).upToPixels(data);
    }

    /**
     * Opens a file and reads its elements.
     *
     * @throws UnknownDicomException if it cannot be understood
     * @throws IOException if it is damaged
     */
    public static DicomFile open(Path path) throws IOException {
        ByteSource file = ByteSource.open(path);
        try {
            return new DicomFile(file);
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    /** Whether a file begins with a preamble and the mark of DICOM. */
    public static boolean isMarked(byte[] beginning) {
        return beginning.length >= PREAMBLE + 4
                && new String(beginning, PREAMBLE, 4, StandardCharsets.US_ASCII).equals("DICM");
    }

    /**
     * Whether a file begins as DICOM without a preamble does: with an element of the first groups that has a known type,
     * or a short length.
     */
    public static boolean isBare(byte[] beginning) {
        String first = new String(beginning, 0, Math.min(8, beginning.length), StandardCharsets.ISO_8859_1);
        return BARE.matcher(first).matches();
    }

    private static long start(ByteSource file) throws IOException {
        return file.length() >= PREAMBLE + 4 && isMarked(file.read(0, PREAMBLE + 4)) ? PREAMBLE + 4 : 0;
    }

    private TransferSyntax guessed(long at) throws IOException {
        boolean letters = file.length() > at + 8
                && new String(file.read(at + 4, 2), StandardCharsets.ISO_8859_1).matches("[A-Z]{2}");
        return letters ? TransferSyntax.EXPLICIT : TransferSyntax.IMPLICIT;
    }

    private byte[] inflated(long from) throws IOException {
        byte[] packed = file.read(from, Math.toIntExact(file.length() - from));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Inflater inflater = new Inflater(true);
        try {
            inflater.setInput(packed);
            byte[] part = new byte[1 << 16];
            while (!inflater.finished()) {
                int count = inflater.inflate(part);
                if (count == 0 && !inflater.finished()) {
                    throw new EOFException("it ends too early");
                }
                out.write(part, 0, count);
            }
            return out.toByteArray();
        } catch (DataFormatException e) {
            throw new IOException("it cannot be unpacked", e);
        } finally {
            inflater.end();
        }
    }

    /** The elements before the pixels. */
    public DicomData data() {
        return data;
    }

    /** The kind of the file: what it is a picture of, or which other thing. */
    public String kind() {
        String kind = data.text(DicomTag.CLASS);
        return kind.isEmpty() ? meta.text(DicomTag.CLASS_OF_FILE) : kind;
    }

    /** Whether there are pixels. */
    public boolean hasPixels() {
        return pixels.tag() != 0;
    }

    /**
     * How samples are stored.
     *
     * @throws UnknownDicomException if that is not known here
     * @throws IOException if it contradicts itself
     */
    public PixelForm form() throws IOException {
        return PixelForm.of(data, pixels.tag());
    }

    /** Gives the samples of frames one after the other; needs the open file. */
    public Frames frames() throws IOException {
        PixelForm form = form();
        if (syntax == TransferSyntax.OTHER) {
            throw new UnknownDicomException(
                    "its pixels are stored by the transfer syntax " + meta.text(DicomTag.SYNTAX));
        }
        if (pixels.length() == DicomParser.UNDEFINED) {
            if (syntax.isPlain()) {
                throw new IOException("its pixels have no length");
            }
            return Frames.packed(form, syntax, new Fragments(content, pixels.value(), form.frames(), data));
        }
        if (!syntax.isPlain()) {
            throw new IOException("its pixels are said to be compressed, but are not");
        }
        long needed = (form.frameBits() * form.frames() + Byte.SIZE - 1) / Byte.SIZE;
        long present = Math.min(pixels.length(), content.length() - pixels.value());
        if (needed > present) {
            throw new IOException("its pixels need " + needed + " bytes, but there are " + present);
        }
        ByteOrder order = syntax.order();
        boolean swapped = order == ByteOrder.BIG_ENDIAN
                && form.allocated() <= Byte.SIZE
                && pixels.type().equals("OW");
        PlainPixels plain = new PlainPixels(content, pixels.value(), form, swapped, present);
        boolean real = pixels.tag() != DicomTag.PIXELS;
        return new Frames(
                form,
                syntax,
                plain,
                (same, stored) -> real ? Samples.real(same, order, stored) : Samples.plain(same, order, stored));
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
