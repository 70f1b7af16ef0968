package io.github.transfuse.image;

import java.util.ArrayList;
import java.util.List;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.RealType;
import net.imglib2.view.Views;

/** Turns pictures as viewers show them, by the number 1 to 8 that cameras and TIFF files note. */
final class Upright {
    static final int AS_STORED = 1;

    private Upright() {}

    /**
     * The picture upright; as it is if the number is none of the eight.
     *
     * @param image whose first two axes are X and Y
     */
    static CalibratedImage turn(CalibratedImage image, int orientation) {
        if (orientation < 2 || orientation > 8) {
            return image;
        }
        RandomAccessibleInterval<? extends RealType<?>> view = image.pixels();
        List<Axis> axes = new ArrayList<>(image.axes());
        if (orientation >= 5) {
            view = Views.permute(view, 0, 1);
            axes.set(
                    0,
                    new Axis(
                            Axis.Kind.X,
                            image.axes().get(1).size(),
                            image.axes().get(1).unit()));
            axes.set(
                    1,
                    new Axis(
                            Axis.Kind.Y,
                            image.axes().get(0).size(),
                            image.axes().get(0).unit()));
        }
        boolean flipX = orientation == 2 || orientation == 3 || orientation == 6 || orientation == 7;
        boolean flipY = orientation == 3 || orientation == 4 || orientation == 7 || orientation == 8;
        view = flipX ? Views.zeroMin(Views.invertAxis(view, 0)) : view;
        view = flipY ? Views.zeroMin(Views.invertAxis(view, 1)) : view;
        return new CalibratedImage(image.name(), view, axes, image.rgb(), image.notes())
                .withSliceLabels(image.sliceLabels());
    }
}
