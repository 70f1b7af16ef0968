// Finds nuclei in all annotations of the current image.
import io.github.transfuse.qupath.TransFuseBuilder

def transfuse = TransFuseBuilder.builder("nuclei-he")   // H&E; "nuclei" for fluorescence, or your own model
    .pixelSize(0.5)                                  // microns per pixel: nuclei are then 10 to 60 pixels wide
    .build()
try {
    selectAnnotations()
    println transfuse.segment()
} finally {
    transfuse.close()
}
