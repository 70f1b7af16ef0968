package io.github.transfuse.dicom;

import java.io.IOException;

/** The samples of the frames of an open file. */
public final class Frames {
    private final PixelForm form;
    private final TransferSyntax syntax;
    private final FrameBytes bytes;
    private final FrameCodec codec;

    Frames(PixelForm form, TransferSyntax syntax, FrameBytes bytes, FrameCodec codec) {
        this.form = form;
        this.syntax = syntax;
        this.bytes = bytes;
        this.codec = codec;
    }

    /** Of a file whose frames are unpacked here, or are streams of another format. */
    static Frames packed(PixelForm form, TransferSyntax syntax, FrameBytes bytes) {
        return new Frames(
                form,
                syntax,
                bytes,
                switch (syntax) {
                    case RLE -> RunLengths::unpack;
                    case JPEG_LOSSLESS, JPEG_LOSSLESS_FIRST -> LosslessJpeg::unpack;
                    case JPEG_LS, JPEG_LS_NEAR -> JpegLs::unpack;
                    default ->
                        (same, stored) -> {
                            throw new UnknownDicomException("its pixels are compressed by " + syntax.words());
                        };
                });
    }

    /** How samples are stored. */
    public PixelForm form() {
        return form;
    }

    /** Whether frames are streams of JPEG that loses something, which {@link #samples} does not unpack. */
    public boolean areJpeg() {
        return syntax == TransferSyntax.JPEG || syntax == TransferSyntax.JPEG_EXTENDED;
    }

    /** Whether frames are streams of JPEG 2000, which {@link #samples} does not unpack. */
    public boolean areJpeg2000() {
        return syntax == TransferSyntax.JPEG_2000 || syntax == TransferSyntax.JPEG_2000_LOSSY;
    }

    /**
     * The bytes of a frame, as they are stored.
     *
     * @param frame counted from 0
     * @throws IOException if they are damaged
     */
    public byte[] stream(int frame) throws IOException {
        return bytes.frame(frame);
    }

    /**
     * The samples of a frame.
     *
     * @param frame counted from 0
     * @return for each sample of a pixel an array of all pixels: bytes up to 8 bits, shorts up to 16, else integers; floats
     *     or doubles if the file holds them
     * @throws UnknownDicomException if they are compressed in a way that is not known here
     * @throws IOException if they are damaged
     */
    public Object[] samples(int frame) throws IOException {
        return codec.unpack(form, bytes.frame(frame));
    }
}
