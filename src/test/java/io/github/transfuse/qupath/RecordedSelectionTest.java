package io.github.transfuse.qupath;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import qupath.lib.objects.PathObject;
import qupath.lib.objects.TMACoreObject;
import qupath.lib.objects.classes.PathClass;

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

    /** selectTMACores() selects those that are not missing. */
    @Test
    void coresOfAnArray() {
        Core first = new Core(false);
        Core second = new Core(false);
        Core missing = new Core(true);

        assertEquals("selectTMACores()", recorded(first, second));
        assertEquals("selectTMACores(true)", recorded(first, missing, second));
        assertTrue(recorded(first).startsWith("// Objects were selected by hand"), recorded(first));
    }

    /** A place of an array. */
    private final class Core extends TMACoreObject {
        private final boolean missing;

        Core(boolean missing) {
            this.missing = missing;
            root.children.add(this);
        }

        @Override
        public boolean isMissing() {
            return missing;
        }

        @Override
        public boolean isTMACore() {
            return true;
        }

        @Override
        public boolean isAnnotation() {
            return false;
        }

        @Override
        public PathClass getPathClass() {
            return null;
        }

        @Override
        public Map<String, String> getMetadata() {
            return Map.of();
        }

        @Override
        public List<PathObject> getChildObjects() {
            return List.of();
        }
    }

    @Test
    void someOfThemByHand() {
        assertEquals(
                "// Objects were selected by hand here. Select some, or say which: selectAnnotations()",
                recorded(tumor));
    }
}
