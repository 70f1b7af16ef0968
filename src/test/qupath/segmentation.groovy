/* Runs of all kinds on a slide of discs; see GenuineQuPathPackagedIT. */
import io.github.transfuse.qupath.TransFuseBuilder

int checks = 0
def check = { boolean holds, what -> if (!holds) { throw new RuntimeException("FAILED: " + what) }; checks++ }
def image = getCurrentImageData()
def plane = ImagePlane.getDefaultPlane()
setPixelSizeMicrons(0.5, 0.5)
def nuclei = { -> TransFuseBuilder.builder("nuclei").device("cpu") }
def shapes = { objects -> objects.collect { it.getROI().getGeometry().toText() + it.getPathClass() + it.getMeasurements() }.sort() }

// the whole image as detections
def run = nuclei().createDetections().measurements(true).nThreads(2).build().withCloseable { it.segment(image) }
def found = getDetectionObjects()
check(!run.canceled && run.failedTiles == 0 && run.tiles > 1 && run.millis > 0, run)
check(run.objects == found.size() && Math.abs(found.size() - 64) <= 6, "about 64 discs, not " + found.size())
check(found.every { it.getPathClass().getName() == "nucleus" }, "classes")
check(found.every { def p = it.getMeasurements().get("TransFuse: mean probability"); p > 0.5 && p <= 1 }, "probabilities")
check(found.every { Math.abs(it.getMeasurements().get("TransFuse: area µm^2") - 0.25 * it.getROI().getArea()) < 1e-6 }, "areas")

// again, with other threads and with the number of tiles at once
def before = shapes(found)
nuclei().createDetections().measurements(true).nThreads(1).build().withCloseable { it.segment(image) }
check(shapes(getDetectionObjects()) == before, "a rerun replaces its objects by the same")

// instances become detections, and annotations if that is asked for
clearDetections()
nuclei().measurements(true).build().withCloseable { it.segment(image) }
check(shapes(getDetectionObjects()) == before, "instances are detections")
clearDetections()
nuclei().measurements(true).createAnnotations().build().withCloseable { it.segment(image) }
def outlines = { objects -> objects.collect { it.getROI().getGeometry().toText() }.sort() }
check(outlines(getAnnotationObjects()) == outlines(found) && getDetectionObjects().isEmpty(), "one annotation for each instance")
clearAllObjects()

// selected annotations, one in the other; what the user drew stays
clearDetections()
def outer = PathObjects.createAnnotationObject(ROIs.createRectangleROI(20, 20, 400, 300, plane), getPathClass("Region*"))
def inner = PathObjects.createAnnotationObject(ROIs.createEllipseROI(300, 200, 200, 200, plane))
def own = PathObjects.createAnnotationObject(ROIs.createRectangleROI(40, 40, 9, 9, plane), getPathClass("Mine"))
addObjects([outer, inner])
outer.addChildObject(own)
selectObjects([outer, inner])
run = nuclei().createDetections().build().withCloseable { it.segment() }
check(outer.getChildObjects().contains(own), "objects of the user stay")
check(run.objects == outer.nChildObjects() - 1 + inner.nChildObjects() && inner.nChildObjects() > 0, "children of their annotations")
check(outer.getChildObjects().findAll { it != own }.every { outer.getROI().getGeometry().covers(it.getROI().getGeometry().getInteriorPoint()) }, "inside")

// annotations of a class model, cut at the annotation
removeObjects([outer, inner], false)
def area = PathObjects.createAnnotationObject(ROIs.createEllipseROI(0, 0, 300, 300, plane))
addObject(area)
run = TransFuseBuilder.builder("skin-lesion").device("cpu").threshold(0.1f).minArea(4).build().withCloseable { it.segment(image, [area]) }
check(run.tiles == 1 && run.objects == area.nChildObjects() && run.objects <= 1, run)
check(area.getChildObjects().every { it.isAnnotation() && area.getROI().getGeometry().buffer(0.01).covers(it.getROI().getGeometry()) }, "cut")

// settings of the builder in the kinds of Groovy: GString, int for double, a collection that is a set
def name = "nuclei"
run = TransFuseBuilder.builder("${name}").pixelSize(1).overlap(0.25).tileSize(128).batchSize(2).precision("float32")
    .createDetections().minArea(5).tissueOnly(true).build().withCloseable { it.segment(image, [area] as Set) }
check(run.tiles > 0, run)
run = nuclei().downsample(2).createDetections().build().withCloseable { t -> t.segment(image, []) }
check(run.objects == 0 && run.tiles == 0, "nothing to segment")

// an object that is given twice is segmented once, and what a run made is no annotation to segment in the next
run = nuclei().createAnnotations().build().withCloseable { it.segment(image, [area, area]) }
check(run.objects > 0 && run.objects == area.getChildObjects().count { it.getPathClass().getName() == "nucleus" }, "once: " + run)
before = outlines(area.getChildObjects())
selectAnnotations()
run = nuclei().createAnnotations().build().withCloseable { it.segment() }
check(outlines(area.getChildObjects()) == before, "the annotations of a run are replaced, not segmented")

// two regions at once share a network
def t = nuclei().createDetections().build()
def runs = [area, area].parallelStream().map { t.segment(image, [it]) }.toList()
t.close()
t.close()
check(runs.every { it.objects == runs[0].objects }, runs)
println "checks passed: " + checks
