// Segments the whole image without the glass around the tissue.
import io.github.transfuse.qupath.TransFuseBuilder

def transfuse = TransFuseBuilder.builder("skin-lesion")
    .createDetections()
    .tissueOnly(true)
    .minArea(100)
    .measurements(true)
    .build()
try {
    println transfuse.segment(getCurrentImageData())
} finally {
    transfuse.close()
}
