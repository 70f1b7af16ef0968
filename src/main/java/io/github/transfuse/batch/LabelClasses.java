package io.github.transfuse.batch;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import io.github.transfuse.Segmentation;
import io.github.transfuse.model.OutputSpec;
import java.util.ArrayList;
import java.util.List;

/**
 * The classes of labels.
 *
 * @param names of the classes, the first of which has number 1; empty if they are not known
 * @param areLabels whether labels are numbers of classes; otherwise labels are objects of the first class
 */
public record LabelClasses(List<String> names, boolean areLabels) {
    /** Key of the number of objects in the provenance; class maps have none. */
    static final String OBJECTS = "objects";

    /** Key of the names of the classes in the provenance. */
    static final String CLASSES = "classes";

    /** Copies the list. */
    public LabelClasses {
        names = List.copyOf(names);
    }

    /** Those of a result. */
    public static LabelClasses of(Segmentation result) {
        return new LabelClasses(
                result.provenance().model().spec().output().classes().stream()
                        .map(OutputSpec.ClassSpec::name)
                        .toList(),
                result.kind() == OutputSpec.Kind.CLASSES);
    }

    /** Those of a label image that keeps its provenance; objects of an unknown class if it keeps none. */
    public static LabelClasses of(String provenance) {
        List<String> names = new ArrayList<>();
        try {
            JsonElement json = JsonParser.parseString(provenance);
            if (json instanceof JsonObject known && known.get(CLASSES) instanceof JsonArray classes) {
                classes.forEach(name -> names.add(name.getAsString()));
                return new LabelClasses(names, !known.has(OBJECTS));
            }
        } catch (JsonParseException | IllegalStateException | UnsupportedOperationException e) {
            names.clear(); // somebody else's property of the same name
        }
        return new LabelClasses(List.of(), false);
    }

    /** What a label is called among others: its class, or the class with its number. */
    String segmentName(int label) {
        String name = className(label);
        return areLabels ? name : (name.isEmpty() ? "object" : name) + " " + label;
    }

    JsonArray json() {
        JsonArray array = new JsonArray();
        names.forEach(array::add);
        return array;
    }

    /** The class of a label; the empty text if it is not known. */
    public String className(long label) {
        if (areLabels && label > names.size()) {
            return "";
        }
        return names.isEmpty() ? "" : names.get(areLabels ? (int) label - 1 : 0);
    }
}
