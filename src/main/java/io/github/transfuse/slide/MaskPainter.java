package io.github.transfuse.slide;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.locationtech.jts.awt.ShapeWriter;
import org.locationtech.jts.geom.Geometry;

/** Paints shapes of a slide into an 8-bit mask of a region; later shapes lie on top. */
public final class MaskPainter {
    private final BufferedImage mask;
    private final AffineTransform toMask;

    /** A mask of this many pixels, filled with a value. */
    public MaskPainter(SlideRegion region, int width, int height, int ground) {
        mask = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
        Arrays.fill(((DataBufferByte) mask.getRaster().getDataBuffer()).getData(), (byte) ground);
        toMask = AffineTransform.getScaleInstance(width / (double) region.width(), height / (double) region.height());
        toMask.translate(-region.x(), -region.y());
    }

    public void paint(Geometry shape, int value) {
        Shape outline = toMask.createTransformedShape(new ShapeWriter().toShape(shape));
        Rectangle box = outline.getBounds().intersection(new Rectangle(mask.getWidth(), mask.getHeight()));
        if (box.isEmpty()) {
            return;
        }
        BufferedImage stencil = new BufferedImage(box.width, box.height, BufferedImage.TYPE_BYTE_BINARY);
        Graphics2D graphics = stencil.createGraphics();
        graphics.translate(-box.x, -box.y);
        graphics.setColor(Color.WHITE);
        // otherwise corners are moved to pixels before it is asked which centres lie inside
        graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        graphics.fill(outline);
        graphics.dispose();
        // set as samples: gray colours would go through a gamma curve
        for (int y = 0; y < box.height; y++) {
            for (int x = 0; x < box.width; x++) {
                if (stencil.getRaster().getSample(x, y, 0) != 0) {
                    mask.getRaster().setSample(box.x + x, box.y + y, 0, value);
                }
            }
        }
    }

    /** Whether no pixel has another value. */
    boolean isAll(int value) {
        return pixels().allMatch(each -> each == value);
    }

    /** Whether a pixel has a value. */
    boolean has(int value) {
        return pixels().anyMatch(each -> each == value);
    }

    private IntStream pixels() {
        byte[] values = ((DataBufferByte) mask.getRaster().getDataBuffer()).getData();
        return IntStream.range(0, values.length).map(i -> values[i] & 0xff);
    }

    public BufferedImage image() {
        return mask;
    }
}
