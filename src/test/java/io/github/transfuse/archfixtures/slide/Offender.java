package io.github.transfuse.archfixtures.slide;

/** Breaks the rules of its package on purpose. */
public class Offender {
    final io.github.transfuse.archfixtures.qupath.Offender forbidden = null;

    Object node(javafx.scene.Node node) {
        return node;
    }
}
