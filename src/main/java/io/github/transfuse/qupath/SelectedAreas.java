package io.github.transfuse.qupath;

import io.github.transfuse.slide.Counted;
import io.github.transfuse.slide.SlideException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import qupath.lib.objects.PathObject;
import qupath.lib.roi.interfaces.ROI;

/**
 * Objects that are to be segmented. Points and lines among others, as where all annotations are selected, are left out; where
 * there is nothing else they stay, and are refused.
 *
 * @param parents with an area, or the whole image
 * @param others number of those that are left out
 */
record SelectedAreas(List<PathObject> parents, int others) {

    /** Of objects that a user or a script names. */
    static SelectedAreas of(Collection<? extends PathObject> named) {
        List<PathObject> all = new ArrayList<>(named);
        // null is refused later, in words
        List<PathObject> areas =
                all.stream().filter(object -> object == null || hasArea(object)).toList();
        return areas.isEmpty() ? new SelectedAreas(all, 0) : new SelectedAreas(areas, all.size() - areas.size());
    }

    /** Whether it is the whole image, or its outline holds pixels. */
    static boolean hasArea(PathObject object) {
        ROI roi = object.getROI();
        return object.isRootObject()
                || (roi != null && roi.isArea() && roi.getGeometry().getArea() > 0);
    }

    /**
     * The selected objects that have an outline.
     *
     * @throws SlideException if there is none
     */
    static List<PathObject> drawn(Collection<PathObject> selected) {
        List<PathObject> drawn = selected.stream().filter(PathObject::hasROI).toList();
        if (drawn.isEmpty()) {
            throw new SlideException(
                    "Nothing is selected. Select annotations (in a script: selectAnnotations()), or segment the whole"
                            + " image (in a script: segment(getCurrentImageData())).");
        }
        return drawn;
    }

    /** What to tell; nothing if nothing is left out. */
    List<String> notes() {
        return others == 0
                ? List.of()
                : List.of("Left out, as points and lines have no area: " + Counted.of(others, "selected object") + ".");
    }
}
