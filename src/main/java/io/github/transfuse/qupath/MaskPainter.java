package io.github.transfuse.qupath;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.util.Arrays;
import org.locationtech.jts.awt.ShapeWriter;
import org.locationtech.jts.geom.Geometry;

/** Paints shapes of a slide into an 8-bit mask of a region; later shapes lie on top. */
final class MaskPainter {
    private final BufferedImage mask;
    private final AffineTransform toMask;

    /** A mask of this many pixels, filled with a value. */
    MaskPainter(SlideRegion region, int width, int height, int ground) {
        mask = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
        Arrays.fill(((DataBufferByte) mask.getRaster().getDataBuffer()).getData(), (byte) ground);
        toMask = AffineTransform.getScaleInstance(width / (double) region.width(), height / (double) region.height());
        toMask.translate(-region.x(), -region.y());
    }

    void paint(Geometry shape, int value) {
        Shape outline = toMask.createTransformedShape(new ShapeWriter().toShape(shape));
        BufferedImage stencil = new BufferedImage(mask.getWidth(), mask.getHeight(), BufferedImage.TYPE_BYTE_BINARY);
        Graphics2D graphics = stencil.createGraphics();
        graphics.setColor(Color.WHITE);
        graphics.fill(outline);
        graphics.dispose();
        // set as samples: gray colours would go through a gamma curve
        for (int y = 0; y < mask.getHeight(); y++) {
            for (int x = 0; x < mask.getWidth(); x++) {
                if (stencil.getRaster().getSample(x, y, 0) != 0) {
                    mask.getRaster().setSample(x, y, 0, value);
                }
            }
        }
    }

    BufferedImage image() {
        return mask;
    }
}
