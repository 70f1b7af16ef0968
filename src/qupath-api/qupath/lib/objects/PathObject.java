package qupath.lib.objects;

import java.util.Collection;
import java.util.Map;
import java.util.UUID;
import qupath.lib.objects.classes.PathClass;
import qupath.lib.roi.interfaces.ROI;

/** Declares what the extension uses of QuPath 0.6 to 0.8, for the compiler only. */
public abstract class PathObject {
    public PathObject getParent() {
        throw new UnsupportedOperationException();
    }

    public UUID getID() {
        throw new UnsupportedOperationException();
    }

    public String getName() {
        throw new UnsupportedOperationException();
    }

    public Integer getColor() {
        throw new UnsupportedOperationException();
    }

    public boolean isLocked() {
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

    public boolean isDetection() {
        throw new UnsupportedOperationException();
    }

    public boolean isTile() {
        throw new UnsupportedOperationException();
    }

    public boolean isTMACore() {
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

    public void removeChildObjects(Collection<PathObject> children) {
        throw new UnsupportedOperationException();
    }

    public void addChildObjects(Collection<? extends PathObject> children) {
        throw new UnsupportedOperationException();
    }
}
