package qupath.lib.objects.hierarchy;

import java.util.Collection;
import qupath.lib.objects.PathObject;
import qupath.lib.objects.hierarchy.events.PathObjectSelectionModel;

/** Declares what the extension uses of QuPath 0.6 to 0.8, for the compiler only. */
public final class PathObjectHierarchy {
    public PathObject getRootObject() {
        throw new UnsupportedOperationException();
    }

    public PathObjectSelectionModel getSelectionModel() {
        throw new UnsupportedOperationException();
    }

    public Collection<PathObject> getAnnotationObjects() {
        throw new UnsupportedOperationException();
    }

    public Collection<PathObject> getDetectionObjects() {
        throw new UnsupportedOperationException();
    }

    public void fireHierarchyChangedEvent(Object source) {
        throw new UnsupportedOperationException();
    }
}
