/* What goes wrong is told in words, as an exception, and changes nothing; see GenuineQuPathPackagedIT. */
import io.github.transfuse.qupath.TransFuseBuilder
import io.github.transfuse.qupath.TrainingSetExport
import java.awt.image.BufferedImage
import qupath.lib.images.servers.AbstractTileableImageServer
import qupath.lib.images.servers.ImageServerBuilder
import qupath.lib.images.servers.ImageServerMetadata
import qupath.lib.images.servers.TileRequest

/** A slide of which the tiles right of x = 1000 cannot be read. */
class BrokenSlide extends AbstractTileableImageServer {
    final ImageServerMetadata metadata = new ImageServerMetadata.Builder()
        .name("broken").width(2000).height(900).rgb(true).preferredTileSize(256, 256).pixelSizeMicrons(0.5, 0.5).build()

    BufferedImage readTile(TileRequest request) throws IOException {
        if (request.getImageX() >= 1000) {
            throw new IOException("the disk is gone")
        }
        new BufferedImage(request.getTileWidth(), request.getTileHeight(), BufferedImage.TYPE_INT_RGB)
    }

    Collection<URI> getURIs() { [] }
    protected ImageServerBuilder.ServerBuilder<BufferedImage> createServerBuilder() { null }
    protected String createID() { "broken" }
    String getServerType() { "broken" }
    ImageServerMetadata getOriginalMetadata() { metadata }
}

int checks = 0
def image = getCurrentImageData()
def plane = ImagePlane.getDefaultPlane()
def builder = { -> TransFuseBuilder.builder("nuclei").device("cpu") }
def refused = { String words, Closure call ->
    def message
    try { message = "no refusal, but " + call() } catch (Exception e) { message = e.getMessage() }
    if (!String.valueOf(message).toLowerCase().contains(words.toLowerCase())) {
        throw new RuntimeException("FAILED: '" + words + "' is not in: " + message)
    }
    checks++
}
def draw = { roi -> def o = PathObjects.createAnnotationObject(roi); addObject(o); o }

refused("no model 'unknown'") { TransFuseBuilder.builder("unknown").build() }
refused("There is no folder or zip") { TransFuseBuilder.builder("/no/such folder/ü").build() }
refused("nThreads") { builder().nThreads(0) }
refused("pixelSize") { builder().pixelSize(-1) }
refused("downsample") { builder().downsample(Double.NaN) }
refused("minArea") { builder().minArea(-1) }
refused("threshold") { builder().threshold(1.5).build() }
refused("precision") { builder().precision("double").build() }
refused("tileSize") { builder().tileSize(100).build() }
refused("overlap") { builder().overlap(1).build() }
refused("colour") { builder().with("colour", 1).build() }
refused("normalisation") { builder().normalization("{}").build() }
refused("Nothing is selected") { resetSelection(); builder().build().segment() }
refused("No image is open") { builder().build().segment(null) }
refused("No image is open") { new Thread({}).with { def r; def th = Thread.start { try { builder().build().segment() } catch (Exception e) { r = e } }; th.join(); throw r } }
refused("channel") { builder().channels("1,2,9").build().segment(image) }
refused("outside the image") { builder().build().segment(image, [draw(ROIs.createRectangleROI(-90, -90, 50, 50, plane))]) }
refused("has no area") { builder().build().segment(image, [draw(ROIs.createLineROI(1, 1, 40, 40, plane))]) }
refused("z=3") { builder().build().segment(image, [draw(ROIs.createRectangleROI(1, 1, 40, 40, ImagePlane.getPlane(3, 0)))]) }
refused("no pixel size") { builder().pixelSize(0.5).build().segment(image) }
refused("nothing to export") { new TrainingSetExport(args[0], 0.5).add(image) }

// one annotation that cannot be segmented: the others stay as they were
def good = draw(ROIs.createRectangleROI(0, 0, 90, 90, plane))
refused("outside the image") { builder().build().segment(image, [good, draw(ROIs.createRectangleROI(900, 900, 50, 50, plane))]) }
refused("null") { builder().build().segment(image, [good, null]) }
if (good.nChildObjects() > 0) {
    throw new RuntimeException("FAILED: a run that failed left objects")
}

// points and lines among others, as where all annotations are selected
def mixed = builder().build().withCloseable { it.segment(image, [good, draw(ROIs.createLineROI(1, 1, 40, 40, plane))]) }
if (!mixed.notes.any { it.contains("Left out, as points and lines have no area: 1 selected object.") }) {
    throw new RuntimeException("FAILED: nothing is told of a line: " + mixed.notes)
}

// a slide that cannot be read everywhere: nothing is changed, unless the user goes on without these regions
def broken = new qupath.lib.images.ImageData(new BrokenSlide())
refused("the disk is gone") { builder().createDetections().build().segment(broken) }
if (!broken.getHierarchy().getRootObject().getChildObjects().isEmpty()) {
    throw new RuntimeException("FAILED: a run that failed left objects")
}
def run = builder().createDetections().skipUnreadable(true).build().withCloseable { it.segment(broken) }
if (run.failedTiles == 0) {
    throw new RuntimeException("FAILED: no failed tile in " + run)
}

println "checks passed: " + (checks + 3)
