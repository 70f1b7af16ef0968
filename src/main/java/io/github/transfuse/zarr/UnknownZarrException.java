package io.github.transfuse.zarr;

import java.io.IOException;

/** An array that may be whole, but is stored in a way that is not known here; the message is a clause that says which. */
public final class UnknownZarrException extends IOException {
    private static final long serialVersionUID = 1L;

    UnknownZarrException(String way) {
        super(way);
    }
}
