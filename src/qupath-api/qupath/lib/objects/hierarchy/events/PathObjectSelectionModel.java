package qupath.lib.objects.hierarchy.events;

import java.util.Collection;
import java.util.Set;
import qupath.lib.objects.PathObject;

/** Declares what the extension uses of QuPath 0.6 to 0.8, for the compiler only. */
public class PathObjectSelectionModel {
    public Set<PathObject> getSelectedObjects() {
        throw new UnsupportedOperationException();
    }

    public void deselectObjects(Collection<? extends PathObject> objects) {
        throw new UnsupportedOperationException();
    }
}
