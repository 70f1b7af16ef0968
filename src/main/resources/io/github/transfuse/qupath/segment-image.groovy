// Finds nuclei in the whole image, without the glass around the tissue. With "Run for project": in all images.
import io.github.transfuse.qupath.TransFuseBuilder

def transfuse = TransFuseBuilder.builder("nuclei-he")   // H&E; "nuclei" for fluorescence, or your own model
    .pixelSize(0.5)                                  // microns per pixel: nuclei are then 10 to 60 pixels wide
    .tissueOnly(true)
    .minArea(12)                                     // square microns
    .build()
try {
    println transfuse.segment(getCurrentImageData())
} finally {
    transfuse.close()
}
