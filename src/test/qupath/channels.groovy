/* Channels by name, stains, cells, and QuPath's own features; see GenuineQuPathPackagedIT. */
import io.github.transfuse.qupath.TransFuseBuilder
import java.awt.image.BufferedImage
import javax.imageio.ImageIO
import qupath.lib.analysis.features.ObjectMeasurements
import qupath.lib.color.ColorDeconvolutionStains
import qupath.lib.images.ImageData
import qupath.lib.images.servers.ImageChannel
import qupath.lib.images.servers.PixelType
import qupath.lib.images.servers.TransformedServerBuilder
import qupath.lib.images.servers.WrappedBufferedImageServer

int checks = 0
def check = { boolean holds, what -> if (!holds) { throw new RuntimeException("FAILED: " + what) }; checks++ }
def refused = { String words, Closure run -> try { run(); check(false, "not refused: " + words) } catch (Exception e) { check(e.message.contains(words), e.message) } }
def plane = ImagePlane.getDefaultPlane()
def source = ImageIO.read(new File(args[1]))

// fluorescence: three channels, of which the second shows the discs, bright on dark
def bands = java.awt.image.Raster.createBandedRaster(java.awt.image.DataBuffer.TYPE_USHORT, 512, 512, 3, null)
512.times { y -> 512.times { x ->
    def c = new java.awt.Color(source.getRGB(x, y))
    bands.setSample(x, y, 0, 100 + (x * 7 + y * 3) % 31)
    bands.setSample(x, y, 1, 10 * (255 - c.getGreen()))
    bands.setSample(x, y, 2, 200)
} }
def channels = ["FITC", "DAPI", "Cy5, far red"].collect { ImageChannel.getInstance(it, 0xffffff) }
def model = qupath.lib.color.ColorModelFactory.createColorModel(PixelType.UINT16, channels)
def server = new WrappedBufferedImageServer("fluorescence", new BufferedImage(model, bands, false, null), channels)
def image = new ImageData<BufferedImage>(server)
image.setImageType(ImageData.ImageType.FLUORESCENCE)
def run = { configure -> def t = configure(TransFuseBuilder.builder("nuclei").device("cpu")).build(); try { t.segment(image) } finally { t.close() } }
def detections = { image.getHierarchy().getDetectionObjects().toList() }

refused("DAPI") { run { it } }
refused("Did you mean 'DAPI'") { run { it.channels("DAPPI") } }
refused("takes 3") { run { it.channels("DAPI", "FITC") } }
def named = run { it.channels("DAPI") }
check(named.objects() > 50, named)
def outlines = { detections().collect { it.getROI().getGeometry().norm().toText() }.sort() }
def byName = outlines()
run { it.channels(2) }
check(outlines() == byName, "a number means the same as a name")
run { it.channels([2, 2, 2]) }
check(outlines() == byName, "one channel is enough for a model of colours")

// cells with QuPath's features, compared with those that QuPath's own command gives to the same objects
def cells = run { it.channels("DAPI").cellExpansion(4).shapeFeatures(true).intensityFeatures(true) }
check(detections().size() == cells.objects() && detections().every { it.isCell() && it.getNucleusROI() != null }, "cells")
check(detections().every { it.getROI().getArea() > it.getNucleusROI().getArea() }, "cells are larger than nuclei")
def sum = detections().sum { it.getROI().getArea() }
def union = org.locationtech.jts.operation.union.UnaryUnionOp.union(detections().collect { it.getROI().getGeometry() }).getArea()
check(Math.abs(sum - union) < 0.001 * sum, "cells do not overlap: " + sum + " " + union)
detections().take(20).each { cell ->
    def twin = PathObjects.createCellObject(cell.getROI(), cell.getNucleusROI(), null, null)
    ObjectMeasurements.addShapeMeasurements([twin], server.getPixelCalibration())
    twin.getMeasurements().each { name, value -> check(cell.getMeasurements().get(name) == value, name) }
    check(twin.getMeasurements().keySet().any { it.contains("Circularity") }, twin.getMeasurements().keySet())
    // the mean of the pixels whose centres lie in the nucleus
    def shape = cell.getNucleusROI().getShape(); double total = 0; int count = 0
    for (int y = 0; y < 512; y++) { for (int x = 0; x < 512; x++) { if (shape.contains(x + 0.5, y + 0.5)) { total += bands.getSample(x, y, 1); count++ } } }
    def measured = cell.getMeasurements().get("Nucleus: DAPI: Mean")
    check(measured != null && Math.abs(measured - total / count) < 0.01 * total / count, cell.getMeasurements().keySet().toString() + measured + " " + total / count)
    check(cell.getMeasurements().containsKey("TransFuse: nucleus area px^2") && !cell.getMeasurements().containsKey("TransFuse: area px^2"), "whose area")
}
def again = run { it.channels("DAPI").cellExpansion(4) }
check(detections().size() == again.objects(), "cells are replaced as nuclei are")
refused("Leave cellExpansion out") { run { it.channels("DAPI").cellExpansion(4).createAnnotations() } }

// planes
refused("none of the slices") { run { it.channels("DAPI").slices("2-") } }
check(run { it.channels("DAPI").slices("1").frames("1-") }.objects() == named.objects(), "the plane")

// a stain of a brightfield image: what the model sees is what QuPath's own deconvolution gives
def stained = getCurrentImageData()
stained.setImageType(ImageData.ImageType.UNSET)
refused("set it in QuPath's Image tab") { TransFuseBuilder.builder("nuclei").device("cpu").channels("Hematoxylin").build().withCloseable { it.segment(stained) } }
stained.setImageType(ImageData.ImageType.BRIGHTFIELD_H_E)
def hematoxylin = TransFuseBuilder.builder("nuclei").device("cpu").channels("Hematoxylin").intensityFeatures(true).build().withCloseable { it.segment(stained) }
def found = getDetectionObjects().toList()
check(found.size() > 50, hematoxylin)
check(found[0].getMeasurements().keySet().containsAll(["Hematoxylin: Mean", "Eosin: Mean"]), found[0].getMeasurements().keySet())
def seen = new TransformedServerBuilder(stained.getServer()).deconvolveStains(stained.getColorDeconvolutionStains(), 1).build()
def other = new ImageData<BufferedImage>(seen)
TransFuseBuilder.builder("nuclei").device("cpu").build().withCloseable { it.segment(other) }
check(other.getHierarchy().getDetectionObjects().collect { it.getROI().getGeometry().norm().toText() }.sort() == found.collect { it.getROI().getGeometry().norm().toText() }.sort(), "the stain alone")
refused("at once") { TransFuseBuilder.builder("nuclei").channels("Red", "Hematoxylin", "Blue").build().withCloseable { it.segment(stained) } }
println "checks passed: " + checks
