// Finds nuclei in one channel of a fluorescence image, and measures all channels in nuclei and cells.
import io.github.transfuse.qupath.TransFuseBuilder

def transfuse = TransFuseBuilder.builder("nuclei")
    .channels(getCurrentServer().getChannel(0).getName())   // or its name: .channels("DAPI")
    .cellExpansion(5)                                       // microns
    .shapeFeatures(true)
    .intensityFeatures(true)
    .build()
try {
    println transfuse.segment(getCurrentImageData())
} finally {
    transfuse.close()
}
