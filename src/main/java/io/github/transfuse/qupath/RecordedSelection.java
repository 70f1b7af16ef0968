package io.github.transfuse.qupath;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import qupath.lib.objects.PathObject;
import qupath.lib.objects.TMACoreObject;

/** Says in a script what was selected, so that it means the same in another image. */
final class RecordedSelection {
    private RecordedSelection() {}

    /**
     * Lines of a script that select again: all annotations, those of the same classes, or all TMA cores. What was selected by
     * hand cannot be said; a comment tells so.
     *
     * @param segmented what was selected
     * @param root of the image
     */
    static List<String> of(Collection<PathObject> segmented, PathObject root) {
        Set<PathObject> chosen = new HashSet<>(HierarchyObjects.parents(segmented));
        List<PathObject> all = below(root);
        if (isAll(chosen, all, PathObject::isAnnotation)) {
            return List.of("selectAnnotations()");
        }
        // QuPath's commands leave out cores that are missing, unless told otherwise
        if (isAll(chosen, all, RecordedSelection::isPresentCore)) {
            return List.of("selectTMACores()");
        }
        if (isAll(chosen, all, PathObject::isTMACore)) {
            return List.of("selectTMACores(true)");
        }
        Set<String> classes =
                chosen.stream().map(RecordedSelection::className).collect(Collectors.toCollection(TreeSet::new));
        if (isAll(chosen, all, object -> object.isAnnotation() && classes.contains(className(object)))) {
            String list = classes.stream().map(SegmentRequest::quoted).collect(Collectors.joining(", "));
            return List.of(
                    "selectObjects { it.isAnnotation() && String.valueOf(it.getPathClass()) in [" + list + "] }");
        }
        return List.of("// Objects were selected by hand here. Select some, or say which: selectAnnotations()");
    }

    private static boolean isAll(Set<PathObject> chosen, List<PathObject> all, Predicate<PathObject> kind) {
        List<PathObject> meant = all.stream().filter(kind).toList();
        return !meant.isEmpty() && chosen.equals(new HashSet<>(HierarchyObjects.parents(meant)));
    }

    private static boolean isPresentCore(PathObject object) {
        return object instanceof TMACoreObject core && !core.isMissing();
    }

    private static String className(PathObject object) {
        return String.valueOf(object.getPathClass());
    }

    private static List<PathObject> below(PathObject root) {
        List<PathObject> found = new ArrayList<>(root.getChildObjects());
        for (int i = 0; i < found.size(); i++) {
            found.addAll(found.get(i).getChildObjects());
        }
        return found;
    }
}
