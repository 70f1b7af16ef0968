// Writes the annotated regions of the current image to a folder that "transfuse train" reads.
// Draw regions of the classes "Training" and "Validation", and within them what is to be learned.
import io.github.transfuse.qupath.TrainingSetExport

def export = new TrainingSetExport(buildFilePath(PROJECT_BASE_DIR, "transfuse"), 0.5)
    // .with("learn", "areas")   // all annotations of a class are one area, such as tissue
println export.add(getCurrentImageData())
