/* Stacks of two channels, three slices and two time points, part of them missing; see GenuineQuPathPackagedIT. */
import io.github.transfuse.qupath.TrainingSetExport
import io.github.transfuse.qupath.TransFuseBuilder
import java.awt.image.BandedSampleModel
import java.awt.image.BufferedImage
import java.awt.image.DataBuffer
import java.awt.image.Raster
import qupath.lib.color.ColorModelFactory
import qupath.lib.images.servers.AbstractTileableImageServer
import qupath.lib.images.servers.ImageChannel
import qupath.lib.images.servers.ImageServerBuilder
import qupath.lib.images.servers.ImageServerMetadata
import qupath.lib.images.servers.PixelType
import qupath.lib.images.servers.TileRequest

/** Bright discs in the first channel, in the second slice only; nothing at all is stored of the second time point. */
class Stack extends AbstractTileableImageServer {
    final ImageServerMetadata metadata = new ImageServerMetadata.Builder()
        .name("stack").width(400).height(300).sizeZ(3).sizeT(2).pixelType(PixelType.UINT16)
        .channels(ImageChannel.getDefaultChannelList(2)).preferredTileSize(256, 256).build()

    BufferedImage readTile(TileRequest request) {
        if (request.getT() == 1) {
            return null
        }
        int w = request.getTileWidth(), h = request.getTileHeight()
        def raster = Raster.createWritableRaster(new BandedSampleModel(DataBuffer.TYPE_USHORT, w, h, 2), null)
        for (int y = 0; y < h; y++) {
            for (int x = 0; x < w; x++) {
                double dx = (request.getImageX() + x) % 60 - 30, dy = (request.getImageY() + y) % 60 - 30
                boolean disc = request.getZ() == 1 && dx * dx + dy * dy < 150
                raster.setSample(x, y, 0, disc ? 20000 + 40 * x : 900 + (x * 31 + y * 17) % 200)
            }
        }
        new BufferedImage(ColorModelFactory.createColorModel(PixelType.UINT16, metadata.getChannels()), raster, false, null)
    }

    Collection<URI> getURIs() { [] }
    protected ImageServerBuilder.ServerBuilder<BufferedImage> createServerBuilder() { null }
    protected String createID() { "stack" }
    String getServerType() { "stack" }
    ImageServerMetadata getOriginalMetadata() { metadata }
}

int checks = 0
def check = { boolean holds, what -> if (!holds) { throw new RuntimeException("FAILED: " + what) }; checks++ }
def stack = new qupath.lib.images.ImageData(new Stack())
def message = "no refusal"
try { TransFuseBuilder.builder("nuclei").build().segment(stack) } catch (Exception e) { message = e.getMessage() }
check(message.contains("channel"), message)

def nuclei = { -> TransFuseBuilder.builder("nuclei").device("cpu").channels("1,1,1").createDetections() }
def run = nuclei().build().withCloseable { it.segment(stack) }
def planes = stack.getHierarchy().getDetectionObjects().countBy { it.getROI().getZ() + "/" + it.getROI().getT() }
check(run.failedTiles == 0 && planes["1/0"] > 10, planes)
check(!planes.keySet().any { it.endsWith("/1") }, planes)

def second = PathObjects.createAnnotationObject(ROIs.createRectangleROI(0, 0, 200, 200, ImagePlane.getPlane(1, 0)))
stack.getHierarchy().addObject(second)
nuclei().build().withCloseable { it.segment(stack, [second]) }
check(second.nChildObjects() > 3 && second.getChildObjects().every { it.getROI().getZ() == 1 }, "objects lie in the plane of their annotation")

// regions of 16 bits and two channels become a training set
def draw = { name, x, z, t -> stack.getHierarchy().addObject(PathObjects.createAnnotationObject(
    ROIs.createRectangleROI(x, 0, 64, 64, ImagePlane.getPlane(z, t)), PathClass.fromString(name))) }
draw("Training", 0, 1, 0)
draw("Training", 0, 2, 0)
draw("disc", 10, 1, 0)
def set = new File(args[0], "set")
check(new TrainingSetExport(set.path, 0.5).add(stack) == 2, "regions of two planes")
check(new File(set, "images").list().sort() == ["stack_x0_y0_z1_t0.tif", "stack_x0_y0_z2_t0.tif"], "names")
def written = ij.IJ.openImage(new File(set, "images/stack_x0_y0_z1_t0.tif").path)
check(written.getNChannels() == 2 && written.getBitDepth() == 16 && written.getStack().getProcessor(1).get(30, 30) == 21200, "values")
println "checks passed: " + checks
