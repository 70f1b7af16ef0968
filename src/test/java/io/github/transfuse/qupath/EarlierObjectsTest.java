package io.github.transfuse.qupath;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.transfuse.FakeModels;
import io.github.transfuse.model.ModelFolder;
import io.github.transfuse.slide.ObjectsOfResult;
import io.github.transfuse.slide.RegionReader;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a user did to an object is known later, and only objects that nobody touched are replaced. */
class EarlierObjectsTest {
    private static final ModelFolder MODEL = FakeModels.dark(2).model();
    private static final ModelFolder TRAINED_ANEW = new ModelFolder(Path.of("dark"), MODEL.spec(), "1".repeat(64));

    private final FakeObject root = new FakeObject();
    private final FakeObject drawn = new FakeObject().below(root);
    private final FakeObject made = made(MODEL, drawn);
    private final FakeObject other = made(MODEL, drawn);

    private static FakeObject made(ModelFolder model, FakeObject parent) {
        FakeObject object = new FakeObject().below(parent);
        object.pathClass = FakeObject.named("disc");
        ObjectMark.put(object, model, parent);
        return object;
    }

    private static EarlierObjects below(FakeObject parent) {
        return EarlierObjects.below(parent, RegionReader.Plane.FIRST, MODEL);
    }

    private static Arguments change(String what, Consumer<FakeObject> done) {
        return Arguments.of(what, done);
    }

    static Stream<Arguments> changes() {
        return Stream.of(
                change("class", o -> o.pathClass = FakeObject.named("Tumor")),
                change("no class", o -> o.pathClass = null),
                change("name", o -> o.name = "the one"),
                change("colour", o -> o.colour = 0xff00ff),
                change("lock", o -> o.locked = true),
                change("description", o -> o.metadata.put("ANNOTATION_DESCRIPTION", "ask Kim")),
                change("other metadata", o -> o.metadata.put("seen by", "Kim")),
                change("outline", o -> o.outline = FakeObject.square(0, 11)),
                change("place", o -> o.outline = FakeObject.square(1, 11)),
                change("something drawn in it", o -> new FakeObject().below(o)),
                change("objects of another model in it", o -> made(TRAINED_ANEW, o)),
                change("measurement that others have not", o -> o.measurements.put("score", 3)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("changes")
    void whatWasChangedStays(String what, Consumer<FakeObject> done) {
        done.accept(made);

        assertEquals(List.of(made), below(drawn).changed(), what);
        assertEquals(List.of(other), below(drawn).replaced(), what);
    }

    @Test
    void whatNobodyTouchedIsReplaced() {
        made.measurements.put(ObjectsOfResult.PROBABILITY, 0.9);

        assertEquals(List.of(other, made), below(drawn).replaced());
        assertEquals(List.of(), below(drawn).changed());
    }

    /** As by QuPath's command that adds measurements of shape. */
    @Test
    void whatWasMeasuredWithAllOthersIsReplaced() {
        made.measurements.put("Circularity", 0.9);
        other.measurements.put("Circularity", 0.8);

        assertEquals(List.of(other, made), below(drawn).replaced());
    }

    /** The copy has the metadata, but an ID of its own. */
    @Test
    void aCopyIsTheUsers() {
        FakeObject copy = new FakeObject().below(drawn);
        copy.pathClass = made.pathClass;
        copy.metadata.putAll(made.metadata);

        assertEquals(List.of(copy), below(drawn).changed());
    }

    @Test
    void objectsOfTheUserAndOfOtherModelsAreNotLookedAt() {
        new FakeObject().below(drawn);
        ModelFolder another = FakeModels.named(MODEL, "another");
        made(another, drawn);

        assertEquals(new EarlierObjects(List.of(other, made), List.of(), 0, 0), below(drawn));
    }

    @Test
    void objectsOfEarlierWeightsAndVersionsStayAndAreCounted() {
        made(TRAINED_ANEW, drawn);
        FakeObject unknown = new FakeObject().below(drawn);
        unknown.metadata.put("TransFuse", "disc");

        assertEquals(new EarlierObjects(List.of(other, made), List.of(), 1, 1), below(drawn));
    }

    @Test
    void objectsOnOtherPlanesStay() {
        made.z = 1;

        assertEquals(List.of(other), below(drawn).replaced());
    }

    /** resolveHierarchy() puts objects below smaller annotations. */
    @Test
    void whatWasMovedFurtherDownIsFound() {
        FakeObject inner = new FakeObject().below(drawn);
        FakeObject ofInner = made(MODEL, inner);
        drawn.children.remove(made);
        made.below(inner);

        assertEquals(List.of(made, other), below(drawn).replaced());
        assertEquals(List.of(made, ofInner), below(inner).replaced());
        assertEquals(List.of(), below(root).replaced(), "they belong to another annotation");
    }
}
