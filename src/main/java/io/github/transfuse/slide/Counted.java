package io.github.transfuse.slide;

import java.util.Locale;

/** Says numbers of things, of one thing too. */
public final class Counted {
    private Counted() {}

    /** Such as {@code 1 object}, {@code 1,200 objects}. */
    public static String of(long count, String thing) {
        return String.format(Locale.ROOT, "%,d %s%s", count, thing, count == 1 ? "" : "s");
    }
}
