/* A run replaces what the same model made and nobody touched; everything else stays. See GenuineQuPathPackagedIT. */
import io.github.transfuse.qupath.TransFuseBuilder
import java.awt.image.BufferedImage
import qupath.lib.images.ImageData
import qupath.lib.images.servers.AbstractTileableImageServer
import qupath.lib.images.servers.ImageServerBuilder
import qupath.lib.images.servers.ImageServerMetadata
import qupath.lib.images.servers.TileRequest
import qupath.lib.io.PathIO
import qupath.lib.regions.RegionRequest

/** A slide of which small regions, such as those of nuclei, take their time. */
class SlowSlide extends AbstractTileableImageServer {
    static BufferedImage picture
    final ImageServerMetadata metadata = new ImageServerMetadata.Builder()
        .name("slow").width(512).height(512).rgb(true).preferredTileSize(256, 256).pixelSizeMicrons(0.5, 0.5).build()

    BufferedImage readRegion(RegionRequest request) {
        if (request.getWidth() < 100) {
            Thread.sleep(800)
        }
        super.readRegion(request)
    }

    BufferedImage readTile(TileRequest request) {
        def tile = new BufferedImage(request.getTileWidth(), request.getTileHeight(), BufferedImage.TYPE_INT_RGB)
        def graphics = tile.createGraphics()
        graphics.drawImage(picture, -request.getImageX(), -request.getImageY(), null)
        graphics.dispose()
        tile
    }

    Collection<URI> getURIs() { [] }
    protected ImageServerBuilder.ServerBuilder<BufferedImage> createServerBuilder() { null }
    protected String createID() { "slow" }
    String getServerType() { "slow" }
    ImageServerMetadata getOriginalMetadata() { metadata }
}

int checks = 0
def check = { boolean holds, what -> if (!holds) { throw new RuntimeException("FAILED: " + what) }; checks++ }
def plane = ImagePlane.getDefaultPlane()
setPixelSizeMicrons(0.5, 0.5)
def file = new File(args[0], "image.qpdata")
def nuclei = { data, parent -> TransFuseBuilder.builder("nuclei").device("cpu").build().withCloseable { it.segment(data, [parent]) } }
def annotation = { x, y, w, h -> PathObjects.createAnnotationObject(ROIs.createRectangleROI(x, y, w, h, plane)) }
def outlines = { objects -> objects.collect { it.getROI().getGeometry().norm().toText() }.sort() }

/** The image as it is after saving and opening, in memory of its own. */
def reopened = { data ->
    PathIO.writeImageData(file, data)
    new ImageData(data.getServer(), PathIO.readHierarchy(file.toPath()))
}
def find = { data, object -> data.getHierarchy().getFlattenedObjectList(null).find { it.getID() == object.getID() } }

def image = getCurrentImageData()
def area = annotation(0, 0, 300, 300)
addObject(area)
def run = nuclei(image, area)
def first = area.getChildObjects() as List
def before = outlines(first)
check(run.objects == first.size() && first.size() >= 12 && run.notes.isEmpty(), run)

// nobody touched anything: saved, opened, run again, all is replaced by the same
def data = reopened(image)
def parent = find(data, area)
run = nuclei(data, parent)
check(run.notes.isEmpty() && run.objects == first.size(), run)
check(outlines(parent.getChildObjects()) == before, "the same objects")
check(first.every { find(data, it) == null }, "which are new ones")

// QuPath's own measurements are made anew when they are wanted: they keep nothing
selectDetections()
addShapeMeasurements("AREA", "CIRCULARITY")
run = nuclei(image, area)
check(run.notes.isEmpty() && outlines(area.getChildObjects()) == before, "measured objects are replaced: " + run)
check(getSelectedObjects().isEmpty(), "what is replaced is selected no more")

// one is reclassified, renamed, locked, coloured, described, reshaped, scored; in one something is drawn; one is joined of two
def kids = area.getChildObjects().sort { it.getROI().getCentroidX() + 1000 * it.getROI().getCentroidY() }
kids[0].setPathClass(getPathClass("Tumor"))
kids[1].setName("the one")
kids[2].setLocked(true)
kids[3].setColor(255, 0, 255)
kids[4].getMetadata().put("note", "ask Kim")
def outline = kids[5].getROI()
kids[5].setROI(ROIs.createRectangleROI(outline.getBoundsX(), outline.getBoundsY(), outline.getBoundsWidth(), outline.getBoundsHeight() / 2, plane))
kids[6].getMeasurements().put("score", 3)
def inKid = PathObjects.createDetectionObject(ROIs.createRectangleROI(kids[7].getROI().getCentroidX() - 1, kids[7].getROI().getCentroidY() - 1, 2, 2, plane))
kids[7].addChildObject(inKid)
kids[8].setROI(GeometryTools.geometryToROI(kids[8].getROI().getGeometry().union(kids[9].getROI().getGeometry()).convexHull(), plane))
area.removeChildObjects([kids[9]])
def own = PathObjects.createDetectionObject(ROIs.createRectangleROI(2, 2, 3, 3, plane), getPathClass("mine"))
def drawn = annotation(6, 2, 3, 3)
area.addChildObjects([own, drawn])
def state = { o -> [o.getPathClass(), o.getName(), o.isLocked(), o.getColor(), o.getMetadata() as Map, o.getMeasurements() as Map, o.getROI().getGeometry().toText(), o.nChildObjects()].toString() }
def mine = kids[0..8] + [inKid, own, drawn]
def states = mine.collect(state)
data = reopened(image)
parent = find(data, area)
run = nuclei(data, parent)
mine.eachWithIndex { o, i -> check(find(data, o) != null && state(find(data, o)) == states[i], "stays: " + i + " " + states[i]) }
check(kids[10..-1].every { find(data, it) == null }, "the others are replaced")
def all = parent.getChildObjects().findAll { it.isDetection() && it.getID() != own.getID() }
check(run.objects == first.size() - 10 && all.size() == run.objects + 9, "none is there twice: " + run)
check(run.notes.size() == 1 && run.notes[0].contains("9") && run.notes[0].contains("10"), "and this is told: " + run.notes)
def twice = nuclei(data, parent)
check(twice.objects == run.objects && twice.notes == run.notes, "again: " + twice)

// another model on the same annotation: both stay, and both are replaced by their own model only
def other = TransFuseBuilder.builder("skin-lesion").device("cpu").build()
def count = { parent.getChildObjects().size() }
def withOne = count()
run = other.segment(data, [parent])
check(run.objects == 1 && count() == withOne + 1, "another model: " + run)
data = reopened(data)
parent = find(data, area)
nuclei(data, parent)
other.segment(data, [parent])
check(count() == withOne + 1, "each replaces its own")
other.close()

// what an earlier version made
def old = PathObjects.createDetectionObject(ROIs.createRectangleROI(10, 10, 5, 5, plane), getPathClass("nucleus"))
old.getMetadata().put("TransFuse", "nucleus")
parent.addChildObject(old)
run = nuclei(data, parent)
check(parent.getChildObjects().contains(old) && run.notes.any { it.contains("earlier version") }, run.notes)

// the whole image: annotations and what is below them are nobody's but the user's; moved objects are known again
clearAllObjects()
def region = annotation(100, 100, 200, 200)
addObject(region)
def whole = { TransFuseBuilder.builder("nuclei").device("cpu").build().withCloseable { it.segment(image) } }
run = whole()
def found = outlines(getDetectionObjects())
check(region.nChildObjects() == 0 && getAnnotationObjects().contains(region), "the annotation stays")
resolveHierarchy()
check(region.nChildObjects() > 0, "QuPath moves objects into the annotation")
run = whole()
check(outlines(getDetectionObjects()) == found && run.notes.isEmpty(), "and they are replaced all the same: " + run)

// an annotation and the image: what is there twice is told, and told no more once one of both is gone
clearAllObjects()
addObject(region)
nuclei(image, region)
run = whole()
check(run.notes.any { it.contains("twice") && it.contains(" " + region.nChildObjects() + ".") }, run)
region.removeChildObjects(region.getChildObjects().toList())
run = whole()
check(run.notes.isEmpty(), run)

// two runs at once of one annotation, whose features take longer to measure than the second comes later
SlowSlide.picture = javax.imageio.ImageIO.read(new File(args[1]))
def slow = new ImageData(new SlowSlide())
region = annotation(100, 100, 200, 200)
slow.getHierarchy().addObject(region)
(1..2).collect { Thread.start {
    TransFuseBuilder.builder("nuclei").device("cpu").intensityFeatures(true).build().withCloseable { it.segment(slow, [region]) }
} }*.join()
def places = outlines(region.getChildObjects())
check(!places.isEmpty() && places.size() == (places as Set).size(), "none is there twice after runs at once: " + places.size())

// of an annotation that is not in the image nothing is shown
run = nuclei(image, annotation(0, 0, 100, 100))
check(run.notes.any { it.contains("addObject") }, run)

println "checks passed: " + checks
