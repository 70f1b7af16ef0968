package io.github.transfuse.measure;

import io.github.transfuse.labels.Outlines;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What is known so far of an object whose pixels are being read. */
final class Gathered {
    private final long label;
    private final double[] sums;
    private final long[] first;
    private final long[] last;
    private final Intensity.Sum[] channels;
    private long pixels;
    private final TracedLength length = new TracedLength();
    private final Hull hull = new Hull();

    /**
     * Nothing yet.
     *
     * @param axes of the object
     * @param channels of the image
     */
    Gathered(long label, int axes, int channels) {
        this.label = label;
        this.sums = new double[axes];
        this.first = new long[axes];
        this.last = new long[axes];
        this.channels = new Intensity.Sum[channels];
        Arrays.fill(first, Long.MAX_VALUE);
        Arrays.setAll(this.channels, c -> new Intensity.Sum());
    }

    void addPixel(long[] at) {
        pixels++;
        for (int d = 0; d < sums.length; d++) {
            sums[d] += at[d];
            first[d] = Math.min(first[d], at[d]);
            last[d] = Math.max(last[d], at[d]);
        }
    }

    void addValue(int channel, double value) {
        channels[channel].add(value);
    }

    void addRing(Outlines.Ring ring) {
        length.add(ring.x(), ring.y());
        for (int i = 0; !ring.hole() && i < ring.x().length; i++) {
            hull.add(ring.x()[i], ring.y()[i]);
        }
    }

    /** As a plane object, whose rings are all added. */
    ObjectMeasures flat(PixelGrid grid) {
        double width = grid.spacing()[0];
        double height = grid.spacing()[1];
        double area = pixels * width * height;
        double perimeter = length.length(width, height);
        List<long[]> corners = hull.corners();
        FlatShape shape = new FlatShape(
                perimeter,
                Math.min(1, 4 * Math.PI * area / (perimeter * perimeter)),
                Hull.feret(corners, width, height),
                Hull.minFeret(corners, width, height),
                pixels / Hull.area(corners));
        return measures(grid, area, perimeter, Optional.of(shape));
    }

    /** With the size and the border that are known from elsewhere. */
    ObjectMeasures solid(PixelGrid grid, double volume, double surface) {
        return measures(grid, volume, surface, Optional.empty());
    }

    private ObjectMeasures measures(PixelGrid grid, double size, double border, Optional<FlatShape> shape) {
        int axes = sums.length;
        double[] centroid = new double[axes];
        double[] corner = new double[axes];
        double[] extent = new double[axes];
        for (int d = 0; d < axes; d++) {
            centroid[d] = grid.position(d, sums[d] / pixels + 0.5);
            corner[d] = grid.position(d, (double) first[d]);
            extent[d] = (double) (last[d] - first[d] + 1) * grid.spacing()[d];
        }
        List<Intensity> values = new ArrayList<>();
        for (Intensity.Sum channel : channels) {
            values.add(channel.result());
        }
        return new ObjectMeasures(label, pixels, size, border, centroid, corner, extent, shape, List.copyOf(values));
    }
}
