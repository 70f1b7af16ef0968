package io.github.transfuse.view;

import io.github.transfuse.engine.Preview;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.List;

/** Validation examples side by side, the truth outlined in green and the current prediction in magenta. */
public final class PreviewStrip {

    private static final int TRUTH = 0x2FD36B;
    private static final int PREDICTION = 0xFF3DBE;
    private static final int CAPTION = 18;
    private static final int GAP = 6;
    private static final int IGNORED = 255;

    /** A picture's side over this is added to the width of its outlines. */
    private static final int PIXELS_PER_WIDTH = 200;

    private PreviewStrip() {}

    /**
     * Draws all previews in one row.
     *
     * @param side longest side of each picture in pixels
     * @return one pixel if there is nothing to show
     */
    public static BufferedImage draw(List<Preview> previews, int side) {
        return draw(previews, previews.size(), side);
    }

    /**
     * Draws all previews in rows.
     *
     * @param columns previews in a row
     * @param side longest side of each picture in pixels
     * @return one pixel if there is nothing to show
     */
    public static BufferedImage draw(List<Preview> previews, int columns, int side) {
        if (previews.isEmpty()) {
            return new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB);
        }
        int rows = (previews.size() + columns - 1) / columns;
        int below = side + CAPTION + GAP;
        BufferedImage strip =
                new BufferedImage(columns * (side + GAP) + GAP, rows * below + GAP, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = strip.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        graphics.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 11));
        for (int i = 0; i < previews.size(); i++) {
            Preview preview = previews.get(i);
            double scale = (double) side / Math.max(preview.width(), preview.height());
            int x = GAP + i % columns * (side + GAP);
            int y = GAP + i / columns * below;
            int w = (int) Math.round(preview.width() * scale);
            int h = (int) Math.round(preview.height() * scale);
            graphics.drawImage(outlined(preview), x, y, w, h, null);
            graphics.setColor(Color.LIGHT_GRAY);
            graphics.setClip(x, y + side, side, CAPTION);
            graphics.drawString(preview.name(), x, y + side + CAPTION - 5);
            graphics.setClip(null);
        }
        graphics.dispose();
        return strip;
    }

    /** Draws all previews in one row, as large as a width and a height in pixels allow. */
    public static BufferedImage fitting(List<Preview> previews, int width, int height) {
        int across = (width - GAP) / Math.max(1, previews.size()) - GAP;
        return draw(previews, Math.max(1, Math.min(across, height - CAPTION - 2 * GAP)));
    }

    /** The example at its own size with both outlines; where they meet, the prediction's is seen. */
    public static BufferedImage outlined(Preview preview) {
        int width = preview.width();
        BufferedImage image = new BufferedImage(width, preview.height(), BufferedImage.TYPE_INT_RGB);
        image.setRGB(0, 0, width, preview.height(), preview.rgb(), 0, width);
        outline(image, preview.truth(), TRUTH);
        outline(image, preview.predicted(), PREDICTION);
        return image;
    }

    private static void outline(BufferedImage image, byte[] classes, int color) {
        int width = image.getWidth();
        for (int i = 0; i < classes.length; i++) {
            int label = classes[i] & 0xFF;
            boolean right = (i + 1) % width != 0 && classes[i + 1] != classes[i];
            boolean below = i + width < classes.length && classes[i + width] != classes[i];
            boolean left = i % width != 0 && classes[i - 1] != classes[i];
            boolean above = i >= width && classes[i - width] != classes[i];
            if (label != 0 && label != IGNORED && (right || below || left || above)) {
                dot(image, i % width, i / width, color);
            }
        }
    }

    /** A pixel of an outline: larger in larger pictures, which are shown reduced. */
    private static void dot(BufferedImage image, int x, int y, int color) {
        int side = 1 + Math.max(image.getWidth(), image.getHeight()) / PIXELS_PER_WIDTH;
        for (int row = y; row < Math.min(image.getHeight(), y + side); row++) {
            for (int column = x; column < Math.min(image.getWidth(), x + side); column++) {
                image.setRGB(column, row, color);
            }
        }
    }
}
