package io.github.transfuse.qupath;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;
import qupath.lib.objects.PathObject;
import qupath.lib.objects.classes.PathClass;
import qupath.lib.regions.ImagePlane;
import qupath.lib.roi.interfaces.ROI;

/** An object of QuPath with all that users change. */
class FakeObject extends PathObject {
    private static final GeometryFactory FACTORY = new GeometryFactory();

    final UUID id = UUID.randomUUID();
    final Map<String, String> metadata = new LinkedHashMap<>();
    final Map<String, Number> measurements = new LinkedHashMap<>();
    final List<PathObject> children = new ArrayList<>();
    String name;
    Integer colour;
    boolean locked;
    boolean annotation;
    PathClass pathClass;
    PathObject parent;
    Geometry outline = square(0, 10);
    int z;

    static Geometry square(double from, double to) {
        return FACTORY.toGeometry(new Envelope(from, to, from, to));
    }

    FakeObject below(FakeObject above) {
        parent = above;
        above.children.add(this);
        return this;
    }

    /** A class of a name. */
    static PathClass named(String name) {
        return new PathClass() {
            @Override
            public String toString() {
                return name;
            }
        };
    }

    @Override
    public UUID getID() {
        return id;
    }

    @Override
    public String getName() {
        return name;
    }

    @Override
    public Integer getColor() {
        return colour;
    }

    @Override
    public boolean isLocked() {
        return locked;
    }

    @Override
    public boolean isAnnotation() {
        return annotation;
    }

    @Override
    public boolean isDetection() {
        return !annotation;
    }

    @Override
    public boolean isTile() {
        return false;
    }

    @Override
    public boolean hasROI() {
        return true;
    }

    @Override
    public boolean isTMACore() {
        return false;
    }

    @Override
    public PathClass getPathClass() {
        return pathClass;
    }

    @Override
    public PathObject getParent() {
        return parent;
    }

    @Override
    public Map<String, String> getMetadata() {
        return metadata;
    }

    @Override
    public Map<String, Number> getMeasurements() {
        return measurements;
    }

    @Override
    public Collection<PathObject> getChildObjects() {
        return children;
    }

    @Override
    public ROI getROI() {
        return new Outline(outline, z);
    }

    /** An area in the first time point. */
    private record Outline(Geometry geometry, int z) implements ROI {
        @Override
        public ImagePlane getImagePlane() {
            return new ImagePlane() {
                @Override
                public int getZ() {
                    return z;
                }

                @Override
                public int getT() {
                    return 0;
                }
            };
        }

        @Override
        public Geometry getGeometry() {
            return geometry;
        }

        @Override
        public boolean isArea() {
            return true;
        }
    }
}
