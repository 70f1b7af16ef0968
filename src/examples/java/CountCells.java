import io.github.transfuse.Segmentation;
import io.github.transfuse.TransFuse;
import io.github.transfuse.image.ImageFiles;
import java.nio.file.Path;

/** Counts the objects in one image file: {@code CountCells MODEL IMAGE}. */
public class CountCells {
    public static void main(String[] args) throws Exception {
        try (TransFuse model = TransFuse.load(args[0])) {
            Segmentation found = model.segment(ImageFiles.read(Path.of(args[1])));
            if (found.objects().isEmpty()) {
                throw new IllegalArgumentException(args[0] + " finds areas and counts no objects. Take nuclei.");
            }
            System.out.println("Objects: " + found.objects().getAsLong());
            found.provenance().notes().forEach(System.out::println);
        }
    }
}
