package qupath.lib.projects;

import java.util.List;
import qupath.lib.images.ImageData;

/** Declares what the extension uses of QuPath 0.6 to 0.8, for the compiler only. */
public interface Project<T> {
    List<ProjectImageEntry<T>> getImageList();

    ProjectImageEntry<T> getEntry(ImageData<T> image);
}
