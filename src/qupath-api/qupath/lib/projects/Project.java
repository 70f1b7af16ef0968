package qupath.lib.projects;

import java.util.List;

/** Declares what the extension uses of QuPath 0.6 to 0.8, for the compiler only. */
public interface Project<T> {
    List<ProjectImageEntry<T>> getImageList();
}
