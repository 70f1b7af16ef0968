package io.github.transfuse.spark;

import io.github.transfuse.batch.InputFile;
import io.github.transfuse.samples.Pair;
import io.github.transfuse.samples.Pairing;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Images that one executor segments, or evaluates, one after the other.
 *
 * @param images at least one
 */
record ImageTask(List<Image> images) implements Serializable {
    /** Bytes that an image counts beside its own: opening and writing files takes time however small they are. */
    static final long BYTES_PER_FILE = 1 << 16;

    ImageTask {
        images = List.copyOf(images);
    }

    /**
     * An image of a task.
     *
     * @param path of the image, absolute
     * @param folder of its results, below the output folder
     * @param bytes of its file or files
     * @param number in an evaluation
     * @param mask its truth in an evaluation, absolute; otherwise empty
     */
    record Image(String path, String folder, long bytes, int number, String mask) implements Serializable {
        Image(String path, String folder, long bytes) {
            this(path, folder, bytes, 0, "");
        }

        static Image of(InputFile file) {
            Path path = file.path().toAbsolutePath().normalize();
            return new Image(path.toString(), file.folder().toString(), bytes(path));
        }

        static Image of(int number, Pair pair) {
            Path path = pair.image().toAbsolutePath().normalize();
            String mask = pair.mask().toAbsolutePath().normalize().toString();
            return new Image(path.toString(), "", bytes(path), number, mask);
        }

        Pair pair() {
            Path image = Path.of(path);
            return new Pair(Pairing.stem(image), image, Path.of(mask));
        }

        InputFile file() {
            return new InputFile(Path.of(path), Path.of(folder));
        }

        /** What its time is guessed from. */
        long weight() {
            return bytes + BYTES_PER_FILE;
        }

        /** A file that cannot be asked counts as empty: its task will tell why. */
        private static long bytes(Path path) {
            try (Stream<Path> files = Files.isDirectory(path) ? Files.walk(path) : Stream.of(path)) {
                long sum = 0;
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    sum += Files.size(file);
                }
                return sum;
            } catch (IOException e) {
                return 0;
            }
        }
    }

    long weight() {
        return images.stream().mapToLong(Image::weight).sum();
    }
}
