package io.github.transfuse.image;

import ij.ImagePlus;
import ij.ImageStack;
import ij.process.ByteProcessor;
import ij.process.FloatProcessor;
import ij.process.ImageProcessor;
import ij.process.ShortProcessor;
import java.awt.Rectangle;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Draws shapes into masks. */
public final class ShapeMasks {
    private static final int MAX_BYTE = 255;
    private static final int MAX_SHORT = 65_535;

    private ShapeMasks() {}

    /**
     * Draws the mask of an image; later shapes lie over earlier ones.
     *
     * @param shapes drawn in the image
     * @param values of the shapes, from 1
     * @param image the image
     * @param file TIFF to write
     * @return how many shapes have no pixel within the image
     * @throws UnwritableOutputException if the file cannot be written
     */
    public static int draw(List<DrawnShape> shapes, int[] values, CalibratedImage image, Path file) throws IOException {
        int width = Math.toIntExact(image.size(Axis.Kind.X));
        int height = Math.toIntExact(image.size(Axis.Kind.Y));
        int slices = Math.toIntExact(image.size(Axis.Kind.Z));
        int frames = Math.toIntExact(image.size(Axis.Kind.TIME));
        int channels = image.rgb() ? 1 : Math.toIntExact(image.size(Axis.Kind.CHANNEL));
        int most = Arrays.stream(values).max().orElse(0);
        boolean[] seen = new boolean[shapes.size()];
        ImageStack planes = new ImageStack(width, height);
        for (int frame = 1; frame <= frames; frame++) {
            for (int slice = 1; slice <= slices; slice++) {
                ImageProcessor plane = plane(width, height, most);
                for (int i = 0; i < shapes.size(); i++) {
                    if (shapes.get(i).position().has(slice, frame, channels, slices)) {
                        seen[i] |= fill(plane, shapes.get(i), values[i]);
                    }
                }
                planes.addSlice(plane);
            }
        }
        ImagePlus mask = new ImagePlus(image.name(), planes);
        mask.setDimensions(1, slices, frames);
        ResultFiles.writeTiff(file, mask, Map.of());
        int outside = 0;
        for (boolean inside : seen) {
            outside += inside ? 0 : 1;
        }
        return outside;
    }

    private static ImageProcessor plane(int width, int height, int most) {
        return most <= MAX_BYTE
                ? new ByteProcessor(width, height)
                : most <= MAX_SHORT ? new ShortProcessor(width, height) : new FloatProcessor(width, height);
    }

    private static boolean fill(ImageProcessor plane, DrawnShape shape, int value) {
        DrawnShape.Mask mask = shape.mask().apply(new Rectangle(plane.getWidth(), plane.getHeight()));
        Rectangle bounds = mask.bounds();
        boolean any = false;
        for (int i = 0; i < mask.pixels().length; i++) {
            int x = bounds.x + i % bounds.width;
            int y = bounds.y + i / bounds.width;
            if (mask.pixels()[i] != 0 && x >= 0 && y >= 0 && x < plane.getWidth() && y < plane.getHeight()) {
                plane.setf(x, y, value);
                any = true;
            }
        }
        return any;
    }
}
