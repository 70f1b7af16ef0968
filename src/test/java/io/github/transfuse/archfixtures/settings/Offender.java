package io.github.transfuse.archfixtures.settings;

/** Breaks the rules of its package on purpose. */
public class Offender {
    final io.github.transfuse.archfixtures.image.Offender forbidden = null;

    void write(java.nio.file.Path file) throws java.io.IOException {
        java.nio.file.Files.writeString(file, "by half");
    }

    void stream(String file) throws java.io.IOException {
        new java.io.FileOutputStream(file).close();
    }

    void copy(java.nio.file.Path from, java.nio.file.Path to) throws java.io.IOException {
        java.nio.file.Files.copy(from, to);
    }

    void move(java.nio.file.Path from, java.nio.file.Path to) throws java.io.IOException {
        java.nio.file.Files.move(from, to);
    }

    void link(java.nio.file.Path from, java.nio.file.Path to) throws java.io.IOException {
        java.nio.file.Files.createSymbolicLink(from, to);
    }
}
