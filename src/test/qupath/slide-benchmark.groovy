/*
 * Time and memory of segmenting a large slide in QuPath:
 *
 *     QuPath script slide-benchmark.groovy -i tissue.png -a 20000 -a bf16 -a 0.5
 *
 * Arguments: the side in pixels, the number format, and the microns per pixel at which the slide of 0.5 is read.
 *
 * The slide repeats 2048 x 2048 pixels of the image that is open, within a disc of half of its area; the rest is glass.
 * It has the levels 1, 4 and 16. Every tile is decoded from JPEG when it is read, as those of a scanner's file are.
 */
import io.github.transfuse.qupath.TransFuseBuilder
import java.awt.Color
import java.awt.geom.Ellipse2D
import java.awt.image.BufferedImage
import javax.imageio.ImageIO
import qupath.lib.images.servers.AbstractTileableImageServer
import qupath.lib.images.servers.ImageServerBuilder
import qupath.lib.images.servers.ImageServerMetadata
import qupath.lib.images.servers.TileRequest

class SyntheticSlide extends AbstractTileableImageServer {
    static final int PERIOD = 2048
    static final int TILE = 512
    final int side
    final ImageServerMetadata metadata
    final Map<Integer, byte[][]> tissue = [:]

    SyntheticSlide(BufferedImage pattern, int side) {
        this.side = side
        for (int level : [1, 4, 16]) {
            tissue[level] = jpegs(pattern, level)
        }
        metadata = new ImageServerMetadata.Builder()
            .name("synthetic").width(side).height(side).rgb(true).preferredTileSize(TILE, TILE)
            .levelsFromDownsamples(1, 4, 16).pixelSizeMicrons(0.5, 0.5).build()
    }

    /** One period at a level, cut into tiles; levels whose period is smaller than a tile repeat it. */
    static byte[][] jpegs(BufferedImage pattern, int level) {
        int period = PERIOD.intdiv(level)
        int tiles = Math.max(1, period.intdiv(TILE))
        byte[][] jpegs = new byte[tiles * tiles][]
        for (int i = 0; i < jpegs.length; i++) {
            def tile = new BufferedImage(TILE, TILE, BufferedImage.TYPE_INT_RGB)
            def g = tile.createGraphics()
            for (int y = 0; y < TILE; y += period) {
                for (int x = 0; x < TILE; x += period) {
                    g.drawImage(pattern, x - (i % tiles) * TILE, y - i.intdiv(tiles) * TILE, period, period, null)
                }
            }
            g.dispose()
            def bytes = new ByteArrayOutputStream()
            ImageIO.write(tile, "jpg", bytes)
            jpegs[i] = bytes.toByteArray()
        }
        return jpegs
    }

    BufferedImage readTile(TileRequest request) {
        int level = (int) request.getDownsample()
        byte[][] jpegs = tissue[level]
        int across = (int) Math.sqrt(jpegs.length)
        int x = request.getTileX()
        int y = request.getTileY()
        byte[] jpeg = jpegs[y.intdiv(TILE) % across * across + x.intdiv(TILE) % across]
        def decoded = ImageIO.read(new ByteArrayInputStream(jpeg))
        def image = new BufferedImage(request.getTileWidth(), request.getTileHeight(), BufferedImage.TYPE_INT_RGB)
        def g = image.createGraphics()
        g.setColor(new Color(243, 240, 243))
        g.fillRect(0, 0, TILE, TILE)
        double size = side * Math.sqrt(2 / Math.PI) / level
        double start = side / level / 2 - size / 2
        g.setClip(new Ellipse2D.Double(start - x, start - y, size, size))
        g.drawImage(decoded, 0, 0, null)
        g.dispose()
        return image
    }

    Collection<URI> getURIs() { [] }
    protected ImageServerBuilder.ServerBuilder<BufferedImage> createServerBuilder() { null }
    protected String createID() { "synthetic-" + side }
    String getServerType() { "synthetic" }
    ImageServerMetadata getOriginalMetadata() { metadata }
}

def server = getCurrentServer()
def picture = server.readRegion(1, 0, 0, Math.min(SyntheticSlide.PERIOD, server.getWidth()), Math.min(SyntheticSlide.PERIOD, server.getHeight()))
int side = args.length > 0 ? args[0] as int : 4000
def precision = args.length > 1 ? args[1] : "auto"
double pixelSize = args.length > 2 ? args[2] as double : 0.5
def data = new qupath.lib.images.ImageData(new SyntheticSlide(picture, side))
def status = { key -> new File("/proc/self/status").readLines().find { it.startsWith(key) }.replaceAll("\\D", "") as long }

TransFuseBuilder.builder("nuclei").precision(precision).pixelSize(pixelSize).tissueOnly(true).measurements(true).build().withCloseable { transfuse ->
    def run = transfuse.segment(data)
    double seconds = run.millis() / 1000
    println run
    println String.format("%d x %d, %s, %.1f microns: %.0f s, %.1f tiles/s, %.1f %% of the time waiting for pixels, peak RSS %.2f GB",
        side, side, precision, pixelSize, seconds, run.tiles() / seconds, 100.0 * run.waitingMillis() / run.millis(), status("VmHWM:") / 1e6)
}
