package io.github.transfuse.qupath;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.transfuse.slide.SlideException;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import qupath.lib.objects.PathObject;

/** Which of the given objects are segmented. */
class HierarchyObjectsTest {
    /** An annotation below another object. */
    private static final class Annotation extends PathObject {
        private final PathObject parent;
        private final Map<String, String> metadata;

        Annotation(PathObject parent, Map<String, String> metadata) {
            this.parent = parent;
            this.metadata = metadata;
        }

        @Override
        public PathObject getParent() {
            return parent;
        }

        @Override
        public Map<String, String> getMetadata() {
            return metadata;
        }
    }

    private final PathObject root = new Annotation(null, Map.of());
    private final PathObject drawn = new Annotation(root, Map.of());
    private final PathObject nested = new Annotation(drawn, Map.of());
    private final PathObject made = new Annotation(drawn, Map.of("TransFuse", "disc"));

    @Test
    void objectsThatAreGivenTwiceAreSegmentedOnce() {
        assertEquals(List.of(drawn, nested), HierarchyObjects.parents(List.of(drawn, nested, drawn)));
    }

    /** selectAnnotations() selects the result of an earlier run too. */
    @Test
    void resultsThatAreReplacedAreNotSegmented() {
        assertEquals(List.of(drawn), HierarchyObjects.parents(List.of(made, drawn)));
        assertEquals(List.of(made), HierarchyObjects.parents(List.of(made)), "unless they are given alone");
    }

    @Test
    void refusesNull() {
        assertThrows(SlideException.class, () -> HierarchyObjects.parents(Arrays.asList(drawn, null)));
        assertEquals(List.of(), HierarchyObjects.parents(Collections.emptyList()));
    }
}
