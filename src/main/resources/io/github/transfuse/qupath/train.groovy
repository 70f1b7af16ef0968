// Learns what is annotated in all images of the project (the open image as it is now), or in the open image alone.
// Draw annotations of the class "Training" (and some of "Validation") around parts of images in which you annotated
// everything that is to be learned, each annotation with its class.
import io.github.transfuse.qupath.TransFuseTrainer

def trainer = TransFuseTrainer.builder("my-nuclei")   // a name for the new model
    .startFrom("nuclei")                              // or "auto", or another model
    .objects()                                        // each annotation is a cell; .areas() for tissue
    .epochs(20)
    .log { println it }
def model = getProject() == null ? trainer.train() : trainer.train(getProject())
println "Use it with TransFuseBuilder.builder(\"" + model.name() + "\")"
