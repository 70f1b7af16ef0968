package io.github.transfuse.samples;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class ImageNotesTest {
    @Test
    void aSentenceNamesItsImagesUnlessItIsTrueOfAll() {
        ImageNotes notes = new ImageNotes();
        for (String stem : List.of("e", "d", "c", "b", "a")) {
            notes.add("Grey.", stem);
        }
        notes.add("Empty.", "b");
        notes.add("Empty.", "a");
        notes.add("Empty.", "a");
        notes.add("The image c lies on its side.", "c");
        for (String stem : List.of("e", "d", "c", "b")) {
            notes.add("Dark.", stem);
        }
        assertEquals(
                List.of("Dark. (b, c, d and 1 more)", "Empty. (a, b)", "Grey.", "The image c lies on its side."),
                notes.sentences(5));
    }
}
