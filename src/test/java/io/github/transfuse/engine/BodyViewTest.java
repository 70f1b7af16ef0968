package io.github.transfuse.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.github.transfuse.model.InputSpec;
import io.github.transfuse.model.Normalization;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Planes of volumes as radiologists see them. */
class BodyViewTest {
    private static final int WIDTH = 90;
    private static final int HEIGHT = 70;
    private static final Map<Character, Character> OPPOSITE =
            Map.of('L', 'R', 'R', 'L', 'A', 'P', 'P', 'A', 'S', 'I', 'I', 'S');

    /** Marks 1 to 4 on the edges: first along x, last along x, first along y, last along y. */
    private static Preview plane() {
        byte[] truth = new byte[WIDTH * HEIGHT];
        truth[30 * WIDTH] = 1;
        truth[40 * WIDTH - 1] = 2;
        truth[25] = 3;
        truth[(HEIGHT - 1) * WIDTH + 25] = 4;
        return new Preview("p", HEIGHT, WIDTH, new int[truth.length], truth.clone(), truth);
    }

    private static char edge(byte[] marks, int width, int height, int mark) {
        for (int at = 0; at < marks.length; at++) {
            if (marks[at] == mark) {
                int x = at % width;
                int y = at / width;
                return x == 0 ? 'l' : x == width - 1 ? 'r' : y == 0 ? 't' : y == height - 1 ? 'b' : '?';
            }
        }
        return '-';
    }

    /** Whatever way a plane lies, what is right, in front or above in the body comes left or on top. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "RA", "RP", "LA", "LP", "AR", "AL", "PR", "PL", "RS", "RI", "LS", "LI", "SR", "SL", "IR", "IL", "AS",
                "AI", "PS", "PI", "SA", "SP", "IA", "IP"
            })
    void everyPlaneIsTurned(String axes) {
        Preview shown = BodyView.along(axes.charAt(0), axes.charAt(1)).show(plane());
        Map<Integer, Character> ends = Map.of(
                1, OPPOSITE.get(axes.charAt(0)), 2, axes.charAt(0), 3, OPPOSITE.get(axes.charAt(1)), 4, axes.charAt(1));
        boolean fromTheSide = !axes.contains("R") && !axes.contains("L");
        ends.forEach((mark, end) -> {
            char expected =
                    switch (end) {
                        case 'R' -> 'l';
                        case 'L' -> 'r';
                        case 'A' -> fromTheSide ? 'l' : 't';
                        case 'P' -> fromTheSide ? 'r' : 'b';
                        case 'S' -> 't';
                        default -> 'b';
                    };
            assertEquals(expected, edge(shown.truth(), shown.width(), shown.height(), mark), axes + " " + end);
            assertEquals(expected, edge(shown.predicted(), shown.width(), shown.height(), mark), axes + " " + end);
        });
        long drawn = Arrays.stream(shown.rgb()).filter(pixel -> pixel != 0).count();
        assertEquals(4 * 12 * 16, drawn, "four letters with their frames");
    }

    private static InputSpec input(InputSpec.Mode mode, Optional<String> orientation) {
        return new InputSpec(
                InputSpec.Rule.TILE,
                List.of(64, 64),
                0.5,
                Normalization.IMAGENET,
                new InputSpec.Sampling(Optional.empty(), "pixel", mode, 0, orientation));
    }

    @Test
    void whatDoesNotLieInABodyStays() {
        Preview plane = plane();
        assertSame(plane, plane.inTheBody(input(InputSpec.Mode.SLICES, Optional.empty())));
        assertSame(plane, plane.inTheBody(input(InputSpec.Mode.TRIPLANAR, Optional.of("RAS"))));
        Preview turned = plane.inTheBody(input(InputSpec.Mode.SLICES, Optional.of("RAS")));
        assertEquals('r', edge(turned.truth(), WIDTH, HEIGHT, 1), "x runs to the right of the body, which is left");
    }
}
