package qupath.lib.projects;

import java.io.IOException;
import qupath.lib.images.ImageData;

/** Declares what the extension uses of QuPath 0.6 to 0.8, for the compiler only. */
public interface ProjectImageEntry<T> {
    String getImageName();

    ImageData<T> readImageData() throws IOException;

    boolean hasImageData();
}
