package io.github.transfuse.segmentation;

import io.github.transfuse.image.SelectedArea;
import io.github.transfuse.inference.AreaOfInterest;
import io.github.transfuse.inference.NetworkParts;
import io.github.transfuse.inference.PixelScale;
import io.github.transfuse.labels.ConnectedComponents;
import io.github.transfuse.model.InputSpec;
import io.github.transfuse.model.OutputSpec;
import java.util.BitSet;
import net.imglib2.Cursor;
import net.imglib2.type.numeric.integer.IntType;
import net.imglib2.view.IterableRandomAccessibleInterval;

/**
 * How much around a selected area must be computed, so that the result in it is that of the whole image to the last bit: the
 * tiles that hold a pixel of the area and, for objects, so much more that each object that touches the area is complete.
 * Tiles lie where those of the whole image lie. Where no tile can be spared, everything is computed. For one image.
 */
public final class Surroundings {
    /** Of a tile. Objects are mostly much smaller than a tile. */
    private static final double FIRST = 0.25;

    private final SelectedArea area;
    /** Width and height of a tile as parts of the image. */
    private final double[] tile;
    /** What a pixel needs of its neighbours where logits are resampled, as parts of the image. */
    private final double[] reach;

    private final boolean objects;
    /** Tiles around the area; asked from threads that read. */
    private volatile double around;

    private Surroundings(SelectedArea area, double[] tile, double[] reach, boolean objects) {
        this.area = area;
        this.tile = tile;
        this.reach = reach;
        this.objects = objects;
        this.around = objects ? FIRST : 0;
    }

    /** What is computed of planes for a limited result. */
    public static Surroundings of(Limits limits, NetworkParts planes, ModelSettings chosen, LabelRules rules) {
        InputSpec input = chosen.model().input();
        boolean classes = rules.kind() == OutputSpec.Kind.CLASSES;
        boolean spares = limits.area().isPresent()
                && input.rule() == InputSpec.Rule.TILE
                && input.sampling().mode() != InputSpec.Mode.TRIPLANAR
                && planes.orientation().isIdentity()
                // Something far away may enclose the area
                && !(classes && rules.fillHoles());
        if (!spares) {
            return everything();
        }
        long[] plane = planes.parts(planes.spatial()).size();
        long[] size = PixelScale.sizeFor(input, plane, planes.pixelSize());
        int[] grid = chosen.grid().size();
        double[] tile = new double[2];
        double[] reach = new double[2];
        for (int d = 0; d < 2; d++) {
            tile[d] = (double) grid[d] / size[d];
            reach[d] = size[d] == plane[d] ? 0 : 2.0 / size[d] + 2.0 / plane[d];
        }
        return new Surroundings(limits.area().orElseThrow(), tile, reach, !classes || rules.minSize() > 0);
    }

    /** Nothing is spared. */
    public static Surroundings everything() {
        return new Surroundings(new SelectedArea(0, 0, new BitSet()), new double[0], new double[0], false);
    }

    /** The part of the planes that is worth computing; asked again after each growth. */
    AreaOfInterest area() {
        return tile.length == 0 ? AreaOfInterest.ALL : this::isNear;
    }

    private boolean isNear(double left, double top, double right, double bottom) {
        double x = around * tile[0] + reach[0];
        double y = around * tile[1] + reach[1];
        return area.touches(
                (long) Math.floor((left - x) * area.width()),
                (long) Math.floor((top - y) * area.height()),
                (long) Math.ceil((right + x) * area.width()),
                (long) Math.ceil((bottom + y) * area.height()));
    }

    /** Whether objects that touch the area may be incomplete. */
    boolean areAsked() {
        return objects;
    }

    /**
     * Whether all that touches the area is known as a whole, with its holes; if not, more will be computed.
     *
     * @param foreground connected pieces; x and y are the axes of the planes
     */
    boolean hold(ConnectedComponents.Components foreground) {
        SelectedArea sure =
                area.grown((int) (around * tile[0] * area.width()), (int) (around * tile[1] * area.height()));
        if (sure.isAll()) {
            return true;
        }
        long[][] boxes = boxes(foreground);
        for (long[] box : boxes) {
            // With the pixels that a piece touches: the next of its own may lie there
            if (box.length > 0 && !sure.holds(box[0] - 1, box[1] - 1, box[2] + 2, box[3] + 2)) {
                around *= 2;
                return false;
            }
        }
        return true;
    }

    /** First and last x and y of pieces that touch the area; nothing for others. */
    private long[][] boxes(ConnectedComponents.Components foreground) {
        long[][] boxes = new long[foreground.count() + 1][];
        BitSet touching = new BitSet();
        Cursor<IntType> cursor =
                IterableRandomAccessibleInterval.create(foreground.labels()).localizingCursor();
        while (cursor.hasNext()) {
            int piece = cursor.next().get();
            if (piece != 0) {
                long x = cursor.getLongPosition(0);
                long y = cursor.getLongPosition(1);
                if (boxes[piece] == null) {
                    boxes[piece] = new long[] {x, y, x, y};
                }
                long[] box = boxes[piece];
                box[0] = Math.min(box[0], x);
                box[1] = Math.min(box[1], y);
                box[2] = Math.max(box[2], x);
                box[3] = Math.max(box[3], y);
                if (area.contains(x, y)) {
                    touching.set(piece);
                }
            }
        }
        for (int piece = 0; piece < boxes.length; piece++) {
            boxes[piece] = touching.get(piece) ? boxes[piece] : new long[0];
        }
        return boxes;
    }
}
