/* Objects of annotations are those of the whole image; borders, thresholds and words; see GenuineQuPathPackagedIT. */
import io.github.transfuse.qupath.TransFuseBuilder

int checks = 0
def check = { boolean holds, what -> if (!holds) { throw new RuntimeException("FAILED: " + what) }; checks++ }
def image = getCurrentImageData()
def plane = ImagePlane.getDefaultPlane()
setPixelSizeMicrons(0.5, 0.25)
def nuclei = { -> TransFuseBuilder.builder("nuclei").device("cpu") }
def texts = { objects -> objects.collect { it.getROI().getGeometry().norm().toText() + it.getMeasurements() }.sort() }

// the whole image
clearAllObjects()
nuclei().build().withCloseable { it.segment(image) }
def whole = new ArrayList(getDetectionObjects())
check(whole.size() > 40, "nuclei of the whole image: " + whole.size())
// corners that the edges of its pixels have: two at each place where four pixels meet of which two lie inside across, else one
def pixelCorners = { roi ->
    def shape = roi.getShape(), box = shape.getBounds(), count = 0
    def in4 = { x, y -> [[0, 0], [1, 0], [0, 1], [1, 1]].collect { shape.contains(x + it[0] - 0.5, y + it[1] - 0.5) } }
    for (int y = box.y; y <= box.y + box.height; y++) { for (int x = box.x; x <= box.x + box.width; x++) {
        def four = in4(x, y), number = four.count { it }
        count += number % 2 == 1 ? 1 : number == 2 && four[0] == four[3] ? 2 : 0
    } }
    count
}
def corners = whole.collect { it.getROI().getGeometry().getNumPoints() - 1 }.sum()
def before = whole.collect { pixelCorners(it.getROI()) }.sum()
check(corners < 0.75 * before, corners + " corners of " + before)
check(whole.every { Math.abs(it.getMeasurements().get("TransFuse: area µm^2") - it.getROI().getScaledArea(0.5, 0.25)) < 1e-3 }, "areas")

// annotations of several forms: exactly those whose centroid lies inside
clearAllObjects()
def inside = [
    PathObjects.createAnnotationObject(ROIs.createRectangleROI(101.3, 77, 180, 213.8, plane)),
    PathObjects.createAnnotationObject(ROIs.createEllipseROI(200, 250, 260, 200, plane)),
    PathObjects.createAnnotationObject(ROIs.createRectangleROI(-40, 400, 300, 300, plane))]
addObjects(inside)
def run = nuclei().build().withCloseable { it.segment(image, inside) }
check(run.objects > 10 && run.notes.isEmpty(), run)
inside.each { annotation ->
    def shape = annotation.getROI().getGeometry()
    def wanted = whole.findAll { shape.contains(it.getROI().getGeometry().getCentroid()) }
    check(texts(annotation.getChildObjects()) == texts(wanted), "the objects of " + annotation.getROI())
}

// borders
def first = inside[0]
def outline = first.getROI().getGeometry()
def kept = first.getChildObjects().collect { it.getROI().getGeometry() }
check(kept.any { !outline.covers(it) }, "some objects cross the outline")
nuclei().constrainToParent().build().withCloseable { it.segment(image, [first]) }
check(first.getChildObjects().every { outline.buffer(0.02).covers(it.getROI().getGeometry()) }, "cut at the outline")
check(first.getChildObjects().size() == kept.size(), "none is lost by the cut")
nuclei().excludeEdges().build().withCloseable { it.segment(image, [first]) }
check(first.getChildObjects().size() == kept.count { outline.contains(it) }, "none at the outline")

// a stricter threshold finds less, and probabilities are of the object
nuclei().threshold(0.9).build().withCloseable { it.segment(image, [first]) }
def strict = first.getChildObjects().collect { it.getROI().getArea() }
check(strict.sum() < 0.98 * kept.collect { it.getArea() }.sum(), "a threshold of 0.9 finds less")
check(first.getChildObjects().every { it.getMeasurements().get("TransFuse: mean probability") > 0.9 }, "they are sure")
check(first.getChildObjects().size() > 0, "but some are left")

// a segmenter that was closed
def closed = nuclei().build()
closed.close()
def message = ""
try { closed.segment(image) } catch (Exception e) { message = e.getMessage() }
check(message.contains("was closed"), message)
println "checks passed: " + checks
