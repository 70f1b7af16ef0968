package io.github.transfuse.archfixtures.hosts;

import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;

/** Needs a class and a method that Gson has since 2.11. */
public final class NeedsNewGson {
    private NeedsNewGson() {}

    /** Links with a new Gson only. */
    public static void strict(JsonReader reader) {
        reader.setStrictness(Strictness.STRICT);
    }
}
