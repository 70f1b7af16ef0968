package qupath.lib.objects;

import java.util.Collection;
import java.util.Map;
import qupath.lib.objects.classes.PathClass;
import qupath.lib.roi.interfaces.ROI;

/** Declares what the extension uses of QuPath 0.6 to 0.8, for the compiler only. */
public abstract class PathObject {
    public PathObject getParent() {
        throw new UnsupportedOperationException();
    }

    public ROI getROI() {
        throw new UnsupportedOperationException();
    }

    public boolean hasROI() {
        throw new UnsupportedOperationException();
    }

    public boolean isRootObject() {
        throw new UnsupportedOperationException();
    }

    public boolean isAnnotation() {
        throw new UnsupportedOperationException();
    }

    public PathClass getPathClass() {
        throw new UnsupportedOperationException();
    }

    public Map<String, Number> getMeasurements() {
        throw new UnsupportedOperationException();
    }

    public Map<String, String> getMetadata() {
        throw new UnsupportedOperationException();
    }

    public Collection<PathObject> getChildObjects() {
        throw new UnsupportedOperationException();
    }

    public void addChildObjects(Collection<? extends PathObject> children) {
        throw new UnsupportedOperationException();
    }
}
