package io.github.transfuse.archfixtures.view;

/** Breaks the rules of its package on purpose. */
public class Offender {
    final io.github.transfuse.archfixtures.imagej.Offender forbidden = null;

    Object node(javafx.scene.Node node) {
        return node;
    }
}
