package io.github.transfuse.slide;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.locationtech.jts.awt.ShapeWriter;
import org.locationtech.jts.geom.Geometry;

/** Paints shapes of a slide into a mask of a region, of 8 bits or for many values of 16; later shapes lie on top. */
public final class MaskPainter {
    private final BufferedImage mask;
    private final AffineTransform toMask;

    /** A mask of 8 bits of this many pixels, filled with a value. */
    public MaskPainter(SlideRegion region, int width, int height, int ground) {
        this(region, new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY), ground);
    }

    private MaskPainter(SlideRegion region, BufferedImage mask, int ground) {
        this.mask = mask;
        int width = mask.getWidth();
        int height = mask.getHeight();
        int[] row = new int[width];
        Arrays.fill(row, ground);
        for (int y = 0; y < height; y++) {
            mask.getRaster().setSamples(0, y, width, 1, 0, row);
        }
        toMask = AffineTransform.getScaleInstance(width / (double) region.width(), height / (double) region.height());
        toMask.translate(-region.x(), -region.y());
    }

    /** The same for values up to 65,535. */
    static MaskPainter ofNumbers(SlideRegion region, int width, int height, int ground) {
        return new MaskPainter(region, new BufferedImage(width, height, BufferedImage.TYPE_USHORT_GRAY), ground);
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
        int width = mask.getWidth();
        return IntStream.range(0, mask.getHeight())
                .flatMap(y -> Arrays.stream(mask.getRaster().getSamples(0, y, width, 1, 0, new int[width])));
    }

    public BufferedImage image() {
        return mask;
    }
}
