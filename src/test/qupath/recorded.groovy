/* The recorded script does the same in another image of a project. See GenuineQuPathPackagedIT. */
import io.github.transfuse.qupath.TransFuseBuilder
import java.awt.image.BufferedImage
import java.awt.image.RescaleOp
import javax.imageio.ImageIO
import qupath.lib.images.ImageData
import qupath.lib.images.servers.ImageServers
import qupath.lib.scripting.QP

int checks = 0
def check = { boolean holds, what -> if (!holds) { throw new RuntimeException("FAILED: " + what) }; checks++ }
def plane = ImagePlane.getDefaultPlane()
def ours = { name -> Class.forName("io.github.transfuse.qupath." + name, true, TransFuseBuilder.classLoader) }
def open = { BufferedImage picture, String name ->
    def file = new File(args[0], name)
    ImageIO.write(picture, "png", file)
    def data = new ImageData(ImageServers.buildServer(file.toURI()))
    QP.setBatchProjectAndImage(null, data)
    QP.setPixelSizeMicrons(0.5, 0.5)
    def objects = [
        PathObjects.createAnnotationObject(ROIs.createRectangleROI(0, 0, 256, 256, plane), getPathClass("Tumor")),
        PathObjects.createAnnotationObject(ROIs.createRectangleROI(256, 0, 256, 256, plane), getPathClass("Stroma"))]
    data.getHierarchy().addObjects(objects)
    [data, objects]
}
def repeated = { script, data ->
    QP.setBatchProjectAndImage(null, data)
    new GroovyShell(this.class.classLoader).evaluate("import static qupath.lib.scripting.QP.*\n" + script)
    data.getHierarchy().getDetectionObjects().size()
}

def picture = ImageIO.read(new File(args[1]))
def dark = new RescaleOp(0.45f, 0, null).filter(picture, null)
def (image, drawn) = open(picture, "as it is.png")
def (darker, drawnToo) = open(dark, "dark.png")
def request = ours("SegmentRequest").FIRST
def script = { selected ->
    def lines = ours("RecordedSelection").of(selected, image.getHierarchy().getRootObject())
    request.script(lines).replace("'" + request.settings().all().model + "'", "'nuclei'")
}

def all = script(drawn)
check(!all.contains("normalization") && all.contains("selectAnnotations()"), all)
def found = repeated(all, image)
check(found >= 24, "found " + found)
check(repeated(all, darker) == found, "as many in a darker copy")
check(drawnToo.every { it.nChildObjects() > 0 }, "in both annotations")

def tumor = script([drawn[0]])
check(tumor.contains("Tumor"), tumor)
darker.getHierarchy().getDetectionObjects().toList().each { darker.getHierarchy().removeObject(it, true) }
found = repeated(tumor, darker)
check(drawnToo[0].nChildObjects() == found && drawnToo[1].nChildObjects() == 0, "only what is of the class")

// an array with a core that is missing: what the command selects is what is recorded
def grid = qupath.lib.objects.hierarchy.DefaultTMAGrid.create(
    [PathObjects.createTMACoreObject(100, 100, 150, false), PathObjects.createTMACoreObject(350, 100, 150, true)], 2)
image.getHierarchy().setTMAGrid(grid)
QP.selectTMACores(image.getHierarchy())
check(script(image.getHierarchy().getSelectionModel().getSelectedObjects().toList()).contains("selectTMACores()"), "cores")
println "checks passed: " + checks
