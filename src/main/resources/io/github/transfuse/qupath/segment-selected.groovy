// Segments the selected annotations of the current image.
import io.github.transfuse.qupath.TransFuseBuilder

def transfuse = TransFuseBuilder.builder("skin-lesion")
    .device("auto")
    .createAnnotations()
    .measurements(true)
    .build()
try {
    selectAnnotations()
    println transfuse.segment()
} finally {
    transfuse.close()
}
