package io.github.transfuse.archfixtures.image;

/** Breaks the rules of its package on purpose. */
public class Offender {
    final io.github.transfuse.archfixtures.tiling.Offender forbidden = null;

    String command(picocli.CommandLine line) {
        return line.toString();
    }
}
