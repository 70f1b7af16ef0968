package io.github.transfuse.archfixtures.engine;

/** Breaks the rules of its package on purpose. */
public class Offender {
    final io.github.transfuse.archfixtures.weights.Offender forbidden = null;

    Object json(com.google.gson.JsonObject json) {
        return json;
    }
}
