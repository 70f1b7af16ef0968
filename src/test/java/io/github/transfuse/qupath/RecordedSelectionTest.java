package io.github.transfuse.qupath;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import qupath.lib.objects.PathObject;

/** The recorded script selects in another image what was meant in this one. */
class RecordedSelectionTest {
    private final FakeObject root = new FakeObject();
    private final FakeObject tumor = new FakeObject().below(root);
    private final FakeObject second = new FakeObject().below(root);
    private final FakeObject plain = new FakeObject().below(root);

    @BeforeEach
    void annotate() {
        tumor.annotation = true;
        second.annotation = true;
        plain.annotation = true;
        tumor.pathClass = FakeObject.named("Tumor: it's");
        second.pathClass = FakeObject.named("Tumor: it's");
        new FakeObject().below(root);
    }

    private String recorded(PathObject... selected) {
        return String.join("\n", RecordedSelection.of(List.of(selected), root));
    }

    @Test
    void allAnnotations() {
        assertEquals("selectAnnotations()", recorded(plain, tumor, second));
    }

    /** selectAnnotations() selects them too, and they are not segmented. */
    @Test
    void allButThoseOfAnEarlierRun() {
        FakeObject made = new FakeObject().below(tumor);
        made.annotation = true;
        made.metadata.put("TransFuse", "nuclei");

        assertEquals("selectAnnotations()", recorded(plain, tumor, second));
        assertEquals("selectAnnotations()", recorded(plain, tumor, second, made));
    }

    @Test
    void thoseOfAClass() {
        assertEquals(
                "selectObjects { it.isAnnotation() && String.valueOf(it.getPathClass()) in ['Tumor: it\\'s'] }",
                recorded(tumor, second));
        assertEquals(
                "selectObjects { it.isAnnotation() && String.valueOf(it.getPathClass()) in ['null'] }",
                recorded(plain));
    }

    @Test
    void someOfThemByHand() {
        assertEquals(
                "// Objects were selected by hand here. Select some, or say which: selectAnnotations()",
                recorded(tumor));
    }
}
