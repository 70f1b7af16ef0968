#@ CommandService command
// Segments every open image with one model and shows the labels. Each image is named, because commands of a script run
// on threads of their own, where the active image may be another.
import ij.WindowManager
import io.github.transfuse.imagej.SegmentCommand

for (id in WindowManager.getIDList() ?: [] as int[]) {
    image = WindowManager.getImage(id)
    module = command.run(SegmentCommand, true, [input: image, model: "nuclei"]).get()
    if (module.getCancelReason() != null) {
        println(image.getTitle() + ": " + module.getCancelReason())
    } else {
        labels = module.getOutput("labels")
        labels.show()
        println(labels.getTitle() + ": " + (int) labels.getStatistics().max)
    }
}
