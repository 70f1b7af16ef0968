package io.github.transfuse.engine;

import java.util.Map;

/**
 * Letters at the edges of a plane, to where in the body it ends there. They are drawn without fonts, which servers may lack.
 *
 * @param left edge, such as {@code R}
 * @param right edge
 * @param top edge
 * @param bottom edge
 */
public record EdgeLetters(char left, char right, char top, char bottom) {
    /** Rows of five pixels from above, as bits. */
    private static final Map<Character, int[]> GLYPHS = Map.of(
            'L', new int[] {16, 16, 16, 16, 16, 16, 31},
            'R', new int[] {30, 17, 17, 30, 20, 18, 17},
            'A', new int[] {4, 10, 17, 17, 31, 17, 17},
            'P', new int[] {30, 17, 17, 30, 16, 16, 16},
            'S', new int[] {15, 16, 16, 14, 1, 1, 30},
            'I', new int[] {14, 4, 4, 4, 4, 4, 14});

    private static final Map<Character, Character> OPPOSITE =
            Map.of('L', 'R', 'R', 'L', 'A', 'P', 'P', 'A', 'S', 'I', 'I', 'S');

    private static final int COLUMNS = 5;
    private static final int ROWS = 7;
    private static final int PIXEL = 2;
    private static final int MARGIN = 3;
    private static final int COLOR = 0xFFE14D;
    private static final int SHADE = 0x202020;

    /** The letters of a plane whose axes point to these directions, the first to the right and the second down. */
    public static EdgeLetters along(char right, char down) {
        return new EdgeLetters(OPPOSITE.get(right), right, OPPOSITE.get(down), down);
    }

    /** Draws the letters into the pixels of a picture, inside a plane that begins at x and y; into a small one, none. */
    public void draw(Preview picture, int x, int y, int width, int height) {
        int w = COLUMNS * PIXEL;
        int h = ROWS * PIXEL;
        if (width < 4 * w || height < 4 * h) {
            return; // they would hide what they name
        }
        glyph(picture, left, x + MARGIN, y + (height - h) / 2);
        glyph(picture, right, x + width - w - MARGIN, y + (height - h) / 2);
        glyph(picture, top, x + (width - w) / 2, y + MARGIN);
        glyph(picture, bottom, x + (width - w) / 2, y + height - h - MARGIN);
    }

    private static void glyph(Preview picture, char letter, int x, int y) {
        int[] rows = GLYPHS.get(letter);
        for (int i = -1; i <= COLUMNS * PIXEL; i++) {
            for (int j = -1; j <= ROWS * PIXEL; j++) {
                boolean inside = i >= 0 && j >= 0 && i < COLUMNS * PIXEL && j < ROWS * PIXEL;
                boolean set = inside && (rows[j / PIXEL] >> (COLUMNS - 1 - i / PIXEL) & 1) == 1;
                picture.rgb()[(y + j) * picture.width() + x + i] = set ? COLOR : SHADE;
            }
        }
    }
}
