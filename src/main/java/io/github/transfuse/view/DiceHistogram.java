package io.github.transfuse.view;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.Locale;

/** How many images have which Dice, in twenty bars from 0 to 1. */
final class DiceHistogram {
    private static final int BARS = 20;
    private static final int BAR_WIDTH = 30;
    private static final int HEIGHT = 160;
    private static final int MARGIN = 24;

    private DiceHistogram() {}

    /** Images per bar; 1 belongs to the last one. */
    static int[] counts(double... values) {
        int[] counts = new int[BARS];
        for (double value : values) {
            counts[Math.max(0, Math.min(BARS - 1, (int) (value * BARS)))]++;
        }
        return counts;
    }

    static BufferedImage draw(double... values) {
        int[] counts = counts(values);
        int most = Math.max(1, Arrays.stream(counts).max().orElse(1));
        BufferedImage image =
                new BufferedImage(BARS * BAR_WIDTH + 2 * MARGIN, HEIGHT + 2 * MARGIN, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        graphics.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 12));
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, image.getWidth(), image.getHeight());
        for (int i = 0; i < BARS; i++) {
            int x = MARGIN + i * BAR_WIDTH;
            int height = counts[i] * HEIGHT / most;
            graphics.setColor(new Color(0x3A6EA5));
            graphics.fillRect(x + 1, MARGIN + HEIGHT - height, BAR_WIDTH - 2, height);
            graphics.setColor(Color.DARK_GRAY);
            if (counts[i] > 0) {
                graphics.drawString(Integer.toString(counts[i]), x + 8, MARGIN + HEIGHT - height - 4);
            }
            if (i % 2 == 0) {
                graphics.drawString(
                        String.format(Locale.ROOT, "%.1f", (double) i / BARS), x - 8, HEIGHT + 2 * MARGIN - 6);
            }
        }
        graphics.drawString("1", MARGIN + BARS * BAR_WIDTH - 4, HEIGHT + 2 * MARGIN - 6);
        graphics.dispose();
        return image;
    }
}
