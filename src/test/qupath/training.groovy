/* From annotations to a model and back to annotations, of all images of a project; see GenuineQuPathPackagedIT. */
import io.github.transfuse.settings.Settings
import io.github.transfuse.TransFuse
import io.github.transfuse.engine.TrainingListener
import io.github.transfuse.qupath.TrainingSetExport
import io.github.transfuse.qupath.TransFuseBuilder
import io.github.transfuse.qupath.TransFuseTrainer
import java.awt.image.BufferedImage
import javax.imageio.ImageIO
import qupath.lib.images.servers.ImageServerProvider
import qupath.lib.projects.Projects

int checks = 0
def check = { boolean holds, what -> if (!holds) { throw new RuntimeException("FAILED: " + what) }; checks++ }
def plane = ImagePlane.getDefaultPlane()
def folder = new File(args[0])
def image = new File(args[1])

// a project of two images that are the same, and have one name
def home = new File(folder, "pröject 1")
home.mkdirs()
def project = Projects.createProject(home, BufferedImage.class)
2.times { number ->
    def builder = ImageServerProvider.getPreferredUriImageSupport(BufferedImage.class, image.toURI().toString()).getBuilders().get(0)
    def entry = project.addImage(builder)
    entry.setImageName("bïld/1")
    def data = entry.readImageData()
    def draw = { roi, kind -> data.getHierarchy().addObject(PathObjects.createAnnotationObject(roi, kind)) }
    draw(ROIs.createRectangleROI(0, 0, 256, 256, plane), PathClass.fromString("Training"))
    draw(ROIs.createRectangleROI(256, 0, 256, 256, plane), PathClass.fromString(number == 1 ? "Validation" : "Training"))
    draw(ROIs.createRectangleROI(0, 0, 128, 512, plane), PathClass.getInstance("Left", 0x2060c0))
    draw(ROIs.createRectangleROI(0, 0, 20, 20, plane), PathClass.fromString("Ignore*"))
    draw(ROIs.createLineROI(0, 0, 500, 500, plane), PathClass.fromString("Line"))
    entry.saveImageData(data)
}
project.syncChanges()

def set = new File(folder, "set")
int regions = 0
2.times {
    def export = new TrainingSetExport(set.path, 0.5)
    regions = project.getImageList().collect { export.add(it.readImageData()) }.sum()
}
check(regions == 4, regions + " regions")
def masks = new File(set, "masks").listFiles().sort()
check(masks*.name == new File(set, "images").listFiles()*.name.sort() && masks.size() == 4, "equal names, none overwritten: " + masks*.name)
check(masks.every { it.name.startsWith("bïld_1_") }, "letters stay: " + masks*.name)
check(new File(set, "validation.txt").readLines().size() == 1, "one validation region")
check(new File(set, "classes.txt").readLines() == ["1\tLeft\t0x2060c0"], "classes")
def mask = ImageIO.read(masks[0]).getRaster()
check(mask.getSample(60, 60, 0) == 1 && mask.getSample(200, 10, 0) == 0, "mask values")
check(mask.getSample(5, 5, 0) == 255 && new File(set, "ignored.txt").exists(), "ignored class")

def model = new File(folder, "model")
def trained = TransFuse.train(Settings.training()
    .with("images", new File(set, "images").path).with("masks", new File(set, "masks").path)
    .with("validation", new File(set, "validation.txt").path).with("output", model.path)
    .with("mask_type", "classes").with("ignore_label", 255).with("start_from", "nuclei").with("epochs", 1).with("device", "cpu"), TrainingListener.NONE)
check(trained.path() == model.toPath(), "the model's folder")

def run = TransFuseBuilder.builder(model.path).device("cpu").threshold(0.01).downsample(1).build().withCloseable { it.segment(getCurrentImageData()) }
def kinds = getAnnotationObjects()*.getPathClass()
check(kinds.size() == 1 && kinds[0].getName() == "Left" && (kinds[0].getColor() & 0xffffff) == 0x2060c0, kinds)

// nuclei as objects: found by a model, one corrected, one drawn, learned by a script of four lines
def cells = TransFuseBuilder.builder("nuclei").device("cpu").minArea(0).build().withCloseable { it.segment(getCurrentImageData()) }
clearAnnotations()
def hierarchy = getCurrentHierarchy()
def found = getDetectionObjects().toList().sort { [it.getROI().getCentroidY(), it.getROI().getCentroidX()] }
check(found.size() > 30, found.size() + " detections")
found[3].setLocked(true)
def first = found[0].getROI()
addObject(PathObjects.createAnnotationObject(ROIs.createEllipseROI(first.getBoundsX(), first.getBoundsY(), first.getBoundsWidth(), first.getBoundsHeight(), plane), PathClass.fromString("nucleus")))
addObject(PathObjects.createAnnotationObject(ROIs.createRectangleROI(0, 0, 512, 512, plane), PathClass.fromString("Training")))
def home2 = new File(folder, "home")
System.setProperty("transfuse.models", new File(home2, "models").path)
def said = []
def cellModel = TransFuseTrainer.builder("my-nuclei").startFrom("nuclei").epochs(1).tileSize(128).device("cpu").log { said << it }.train()
println said.join("\n")
check(cellModel.folder() == new File(home2, "models/my-nuclei").toPath(), "the folder of the model")
check(said[0] == "nucleus: 1 annotation, " + (found.size() - 1) + " detections (1 corrected by you); " + said[0].replaceAll(/.*; /, ""), said[0])
check(said.any { it.startsWith("Kept from nuclei") && it.contains("nucleus") && it.contains("objects that are told apart") && it.contains("percentile") }, "what the start keeps")
check(!said.any { it.startsWith("Not kept from nuclei") && (it.contains("random") || it.contains("normalisation")) }, "nothing is lost")
check(cellModel.notes().any { it.startsWith("epoch 1/1") }, "the figures of the last epoch")
check(new File(home2, "training-sets/my-nuclei/validation.txt").readLines().size() >= 1, "a part of the region judges")
def labels = new File(home2, "training-sets/my-nuclei/masks").listFiles().sum { file ->
    def raster = ImageIO.read(file).getRaster()
    raster.getSamples(0, 0, raster.width, raster.height, 0, (int[]) null).toList().toSet().minus(0).size() }
check(labels >= found.size(), labels + " objects in the masks of " + found.size())
def again = TransFuseBuilder.builder("my-nuclei").device("cpu").downsample(1).build().withCloseable { it.segment(getCurrentImageData()) }
check(again.objects() > 30, "the new model tells " + again.objects() + " objects apart")
try { TransFuseTrainer.builder("my-nuclei").train(); check(false, "a name that is taken") } catch (IllegalArgumentException e) { check(e.message.contains("my-nuclei"), e.message) }

println "checks passed: " + checks
