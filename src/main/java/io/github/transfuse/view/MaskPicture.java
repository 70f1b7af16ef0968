package io.github.transfuse.view;

import io.github.transfuse.engine.Preview;
import io.github.transfuse.labels.LabelColors;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.List;

/** Training images, each as it is and with its classes in colours, half of which is the image; a key of the colours below. */
public final class MaskPicture {
    /** Pixels between the parts. */
    static final int GAP = 8;

    /** Height of a line of words. */
    static final int LINE = 18;

    /** What is left out of the training. */
    static final int LEFT_OUT = 0x808080;

    private static final int IGNORED = 255;
    private static final int SMALL = 200;
    private static final int LARGE = 480;
    private static final int KEY = 12;

    /** Enough for the words of the key. */
    private static final int WIDTH = 420;

    private MaskPicture() {}

    /**
     * Draws images one below the other.
     *
     * @param images at least one, of whose classes {@code truth} is shown
     * @param classes names of the classes from 1 on
     */
    public static BufferedImage draw(List<Preview> images, List<String> classes) {
        int width = WIDTH;
        int height = GAP + LINE * (classes.size() + 1);
        for (Preview image : images) {
            width = Math.max(width, 3 * GAP + 2 * shown(image.width(), image));
            height += 2 * GAP + LINE + shown(image.height(), image);
        }
        BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = picture.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        graphics.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 12));
        int top = GAP;
        for (Preview image : images) {
            words(graphics, image.name(), GAP, top);
            top += LINE;
            paint(picture, image, top);
            top += shown(image.height(), image) + 2 * GAP;
        }
        for (int c = 1; c <= classes.size() + 1; c++) {
            boolean last = c > classes.size();
            graphics.setColor(new Color(last ? LEFT_OUT : LabelColors.rgb(c)));
            graphics.fillRect(GAP, top + 2, KEY, KEY);
            words(graphics, last ? "left out" : c + " " + classes.get(c - 1), 2 * GAP + KEY, top);
            top += LINE;
        }
        graphics.dispose();
        return picture;
    }

    private static void words(Graphics2D graphics, String words, int left, int top) {
        graphics.setColor(Color.LIGHT_GRAY);
        graphics.drawString(words, left, top + KEY);
    }

    /** Pixels are repeated or left out, never mixed: colours stay those of their classes. */
    private static void paint(BufferedImage picture, Preview image, int top) {
        int columns = shown(image.width(), image);
        int rows = shown(image.height(), image);
        for (int y = 0; y < rows; y++) {
            for (int x = 0; x < columns; x++) {
                int i = y * image.height() / rows * image.width() + x * image.width() / columns;
                picture.setRGB(GAP + x, top + y, image.rgb()[i]);
                picture.setRGB(2 * GAP + columns + x, top + y, mixed(image.rgb()[i], image.truth()[i] & 0xFF));
            }
        }
    }

    private static int mixed(int rgb, int label) {
        if (label == 0) {
            return rgb;
        }
        int color = label == IGNORED ? LEFT_OUT : LabelColors.rgb(label);
        return ((rgb & 0xfefefe) >> 1) + ((color & 0xfefefe) >> 1);
    }

    /** Length of a side in the picture. */
    private static int shown(int side, Preview image) {
        int longest = Math.max(image.width(), image.height());
        return longest <= LARGE
                ? side * Math.max(1, SMALL / longest)
                : Math.max(1, (int) ((long) side * LARGE / longest));
    }
}
