package io.github.transfuse.qupath;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.transfuse.FakeModels;
import io.github.transfuse.model.ModelFolder;
import io.github.transfuse.slide.Placed;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a model made below an annotation and below the image is counted twice by users, who must know. */
class TwinsTest {
    private static final ModelFolder MODEL = FakeModels.dark(2).model();
    private static final ModelFolder OTHER = new ModelFolder(Path.of("dark"), MODEL.spec(), "1".repeat(64));

    private final FakeObject root = new FakeObject();
    private final FakeObject drawn = new FakeObject().below(root);

    private FakeObject made(ModelFolder model, FakeObject parent, double from, double to) {
        FakeObject object = new FakeObject().below(parent);
        object.outline = FakeObject.square(from, to);
        ObjectMark.put(object, model, parent);
        return object;
    }

    private int twins(FakeObject... made) {
        return Twins.count(root, List.of(made), MODEL);
    }

    @Test
    void theSameBelowTwoObjectsIsThereTwice() {
        made(MODEL, drawn, 1, 2);
        made(MODEL, drawn, 3, 4);

        assertEquals(1, twins(made(MODEL, root, 1, 2), made(MODEL, root, 5, 6)));
    }

    @Test
    void othersAreNone() {
        made(OTHER, drawn, 1, 2);
        made(MODEL, drawn, 3, 4).annotation = true;
        made(MODEL, drawn, 5, 6).z = 1;
        new FakeObject().below(drawn).outline = FakeObject.square(7, 8);
        made(MODEL, drawn, 9, 9.5);
        made(MODEL, drawn, 11, 12).outline = FakeObject.square(11, 12).difference(FakeObject.square(11.5, 11.6));
        made(MODEL, drawn, 20, 21);
        made(MODEL, root, 20, 21);

        assertEquals(
                0,
                twins(
                        made(MODEL, root, 1, 2),
                        made(MODEL, root, 3, 4),
                        made(MODEL, root, 5, 6),
                        made(MODEL, root, 7, 8),
                        made(MODEL, root, 9, 10),
                        made(MODEL, root, 11, 12)),
                "of another model, kind or plane, the user's own, of another shape, and of no new object");
    }

    @Test
    void theUserIsTold() {
        assertEquals(List.of(), Placed.NOTHING.withTwins(0).notes());
        assertEquals(
                1,
                Placed.NOTHING.and(Placed.NOTHING.withTwins(7)).notes().stream()
                        .filter(note -> note.contains("twice") && note.contains("7"))
                        .count());
    }
}
