package io.github.transfuse.archfixtures.tiling;

/** Breaks the rules of its package on purpose. */
public class Offender {
    final io.github.transfuse.archfixtures.labels.Offender forbidden = null;

    Object pointer(org.bytedeco.javacpp.Pointer pointer) {
        return pointer;
    }
}
