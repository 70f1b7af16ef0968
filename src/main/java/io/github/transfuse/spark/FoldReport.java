package io.github.transfuse.spark;

import java.io.Serializable;
import java.util.List;

/**
 * How the training of a fold went.
 *
 * @param notes for people, in order
 * @param failure why it failed; empty if it did not
 */
record FoldReport(List<String> notes, String failure) implements Serializable {
    FoldReport {
        notes = List.copyOf(notes);
    }
}
