package io.github.transfuse.qupath;

import io.github.transfuse.slide.SlideException;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import qupath.lib.images.ImageData;
import qupath.lib.projects.Project;
import qupath.lib.projects.ProjectImageEntry;

/**
 * An image that may have something to learn: one that is open, or one of a project, which is opened when it is needed.
 *
 * @param open the image, if it is open: what was not saved yet counts as well
 * @param entry otherwise
 */
record TrainingImage(Optional<ImageData<BufferedImage>> open, Optional<ProjectImageEntry<BufferedImage>> entry) {
    /** The property of an image that was read from a project: QuPath's identifier of its entry there. */
    private static final String ENTRY = "PROJECT_ENTRY_ID";

    /** An image that is open. */
    static TrainingImage of(ImageData<BufferedImage> image) {
        return new TrainingImage(Optional.of(image), Optional.empty());
    }

    /**
     * The images of a project that hold something.
     *
     * @param open the image that is open, if there is one
     */
    static List<TrainingImage> of(Project<BufferedImage> project, Optional<ImageData<BufferedImage>> open) {
        Optional<ProjectImageEntry<BufferedImage>> shown = open.map(project::getEntry);
        return project.getImageList().stream()
                .filter(entry -> shown.filter(entry::equals).isPresent() || entry.hasImageData())
                .map(entry -> shown.filter(entry::equals).isPresent()
                        ? of(open.get())
                        : new TrainingImage(Optional.empty(), Optional.of(entry)))
                .toList();
    }

    /** Equal for one image only, whatever its name. */
    static Object identity(ImageData<BufferedImage> image) {
        return Objects.requireNonNullElseGet(
                image.getProperty(ENTRY), () -> image.getServer().getPath());
    }

    /** Work with an image. */
    interface Work<T> {
        T with(ImageData<BufferedImage> image) throws IOException;
    }

    /**
     * Opens the image for a piece of work and closes it again, if it was not open before.
     *
     * @throws SlideException if it cannot be opened
     * @throws IOException of the work
     */
    <T> T use(Work<T> work) throws IOException {
        if (open.isPresent()) {
            return work.with(open.get());
        }
        ImageData<BufferedImage> image = read(entry.orElseThrow());
        try {
            return work.with(image);
        } finally {
            close(image);
        }
    }

    private static ImageData<BufferedImage> read(ProjectImageEntry<BufferedImage> entry) {
        try {
            return entry.readImageData();
        } catch (IOException | RuntimeException e) {
            throw new SlideException(
                    "The image " + entry.getImageName() + " of the project cannot be read (" + e
                            + "). Mend its path or remove it from the project, and try again.",
                    e);
        }
    }

    private static void close(ImageData<BufferedImage> image) throws IOException {
        if (image.getServer() instanceof AutoCloseable server) {
            try {
                server.close();
            } catch (IOException | RuntimeException e) {
                throw e;
            } catch (Exception e) {
                throw new IOException(e);
            }
        }
    }
}
