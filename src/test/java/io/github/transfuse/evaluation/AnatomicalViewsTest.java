package io.github.transfuse.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.transfuse.engine.Preview;
import io.github.transfuse.image.Axis;
import io.github.transfuse.image.CalibratedImage;
import io.github.transfuse.image.Placement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.imglib2.Cursor;
import net.imglib2.img.Img;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.integer.IntType;
import net.imglib2.type.numeric.real.FloatType;
import org.junit.jupiter.api.Test;

/** Volumes are shown as they lie in the body, however they are stored; the letters say what the values prove. */
class AnatomicalViewsTest {
    private static final int[][] ORDERS = {{0, 1, 2}, {0, 2, 1}, {1, 0, 2}, {1, 2, 0}, {2, 0, 1}, {2, 1, 0}};
    private static final int[] BODY = {24, 30, 20};
    private static final int GAP = 6;

    /** The letters as people draw them, of 5 x 7 squares of two pixels. */
    private static final Map<Character, String> DRAWN = Map.of(
            'L', "#....#....#....#....#....#....#####",
            'R', "####.#...##...#####.#.#..#..#.#...#",
            'A', "..#...#.#.#...##...#######...##...#",
            'P', "####.#...##...#####.#....#....#....",
            'S', ".#####....#.....###.....#....#####.",
            'I', ".###...#....#....#....#....#...###.");

    /** A volume whose values grow towards the right, front or top of the body, stored along any axes. */
    private static Preview shown(int[] order, int flips, int grows, double shear) {
        double[] affine = new double[12];
        long[] size = new long[3];
        for (int d = 0; d < 3; d++) {
            size[d] = BODY[order[d]];
            affine[4 * order[d] + d] = (flips >> d & 1) == 0 ? 1 : -1;
        }
        affine[1] += shear;
        Img<FloatType> pixels = ArrayImgs.floats(size[0], size[1], size[2], 1);
        Cursor<FloatType> cursor = pixels.localizingCursor();
        while (cursor.hasNext()) {
            cursor.fwd();
            float value = 0;
            for (int d = 0; d < 3; d++) {
                value += (float) (affine[4 * grows + d] * cursor.getLongPosition(d));
            }
            cursor.get().set(value);
        }
        List<Axis> axes = new ArrayList<>();
        for (Axis.Kind kind : List.of(Axis.Kind.X, Axis.Kind.Y, Axis.Kind.Z)) {
            axes.add(new Axis(kind, 1, "mm"));
        }
        axes.add(Axis.of(Axis.Kind.CHANNEL));
        Placement place = new Placement(
                Placement.Format.DICOM, Arrays.stream(affine).boxed().toList(), new byte[0]);
        CalibratedImage volume =
                new CalibratedImage("v", pixels, axes, false, List.of()).withPlacement(Optional.of(place));
        Img<IntType> none = ArrayImgs.ints(size);
        long[] middle = {size[0] / 2, size[1] / 2, size[2] / 2};
        return OrthogonalViews.preview(volume, middle, none, none, 1, 1, 1);
    }

    /** A plane in the picture. */
    private record Panel(Preview preview, int x, int y, int width, int height) {
        static Panel of(Preview preview, int plane) {
            double scale = (480.0 - GAP) / (BODY[0] + BODY[1]);
            int[] shown = {(int) (BODY[0] * scale), (int) (BODY[1] * scale), (int) (BODY[2] * scale)};
            return switch (plane) {
                case 0 -> new Panel(preview, 0, 0, shown[0], shown[1]);
                case 1 -> new Panel(preview, 0, shown[1] + GAP, shown[0], shown[2]);
                default -> new Panel(preview, shown[0] + GAP, shown[1] + GAP, shown[1], shown[2]);
            };
        }

        private int gray(double right, double down) {
            return preview.rgb()[(y + (int) (down * height)) * preview.width() + x + (int) (right * width)] & 0xFF;
        }

        /** To which side values grow: left, right, top or bottom; a dot if they do not. */
        char brighter() {
            int across = gray(0.8, 0.25) - gray(0.2, 0.25);
            int down = gray(0.25, 0.8) - gray(0.25, 0.2);
            if (Math.max(Math.abs(across), Math.abs(down)) < 20) {
                return '.';
            }
            if (Math.abs(across) > Math.abs(down)) {
                return across > 0 ? 'r' : 'l';
            }
            return down > 0 ? 'b' : 't';
        }

        char letter(char side) {
            int left = side == 'l' ? x + 3 : side == 'r' ? x + width - 13 : x + (width - 10) / 2;
            int top = side == 't' ? y + 3 : side == 'b' ? y + height - 17 : y + (height - 14) / 2;
            StringBuilder seen = new StringBuilder();
            for (int i = 0; i < 35; i++) {
                int at = (top + i / 5 * 2) * preview.width() + left + i % 5 * 2;
                seen.append(preview.rgb()[at] == 0xFFE14D ? '#' : '.');
            }
            return DRAWN.entrySet().stream()
                    .filter(letter -> letter.getValue().contentEquals(seen))
                    .map(Map.Entry::getKey)
                    .findFirst()
                    .orElse('?');
        }
    }

    /** Where values grow towards the right, front or top of the body, the letter there is R, A or S. */
    @Test
    void lettersAndPlanesAreThoseOfTheBodyInAll48Orientations() {
        for (int[] order : ORDERS) {
            for (int flips = 0; flips < 8; flips++) {
                for (int grows = 0; grows < 3; grows++) {
                    Preview preview = shown(order, flips, grows, 0);
                    String sides = "";
                    for (int plane = 0; plane < 3; plane++) {
                        Panel panel = Panel.of(preview, plane);
                        char side = panel.brighter();
                        sides += side;
                        if (side != '.') {
                            assertEquals("RAS".charAt(grows), panel.letter(side));
                            char other = "lrtb".charAt("rlbt".indexOf(side));
                            assertEquals("LPI".charAt(grows), panel.letter(other));
                        }
                    }
                    assertEquals(List.of("ll.", "t.l", ".tt").get(grows), sides, Arrays.toString(order) + flips);
                }
            }
        }
    }

    /** A tilted gantry cannot be segmented by a model that knows axes, but it can be looked at. */
    @Test
    void aShearedVolumeIsShownToo() {
        assertEquals('l', Panel.of(shown(ORDERS[0], 0, 0, 0.2), 0).brighter());
    }
}
