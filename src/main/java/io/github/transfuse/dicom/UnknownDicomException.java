package io.github.transfuse.dicom;

import java.io.IOException;

/** A file that may be right, but is of a kind that is not read. The message says which, as the end of a sentence. */
public final class UnknownDicomException extends IOException {
    private static final long serialVersionUID = 1L;

    /** Of a kind, such as {@code its pixels are compressed by MPEG}. */
    public UnknownDicomException(String what) {
        super(what);
    }
}
