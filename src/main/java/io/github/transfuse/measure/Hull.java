package io.github.transfuse.measure;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;

/** The convex hull of points: only its corners are kept, so that it stays small while points are added. */
final class Hull {
    private static final int FEW = 64;

    private List<long[]> points = new ArrayList<>();
    private int settled;

    void add(long x, long y) {
        points.add(new long[] {x, y});
        if (points.size() > FEW + 2 * settled) {
            corners();
        }
    }

    /** The corners in order of their angle; none lies on the line between its neighbours. */
    List<long[]> corners() {
        points.sort(Comparator.<long[]>comparingLong(p -> p[0]).thenComparingLong(p -> p[1]));
        List<long[]> hull = new ArrayList<>(chain(points));
        List<long[]> backwards = new ArrayList<>(points);
        Collections.reverse(backwards);
        hull.addAll(chain(backwards));
        points = hull;
        settled = hull.size();
        return List.copyOf(hull);
    }

    /** One side of the hull, without its last point, which begins the other side. */
    private static List<long[]> chain(List<long[]> sorted) {
        List<long[]> side = new ArrayList<>();
        for (long[] point : sorted) {
            while (side.size() > 1 && cross(side.get(side.size() - 2), side.get(side.size() - 1), point) <= 0) {
                side.remove(side.size() - 1);
            }
            side.add(point);
        }
        return side.subList(0, side.size() - 1);
    }

    private static long cross(long[] from, long[] a, long[] b) {
        return (a[0] - from[0]) * (b[1] - from[1]) - (a[1] - from[1]) * (b[0] - from[0]);
    }

    /** In pixels. */
    static double area(List<long[]> corners) {
        long twice = 0;
        long[] last = corners.get(corners.size() - 1);
        for (long[] corner : corners) {
            twice += last[0] * corner[1] - last[1] * corner[0];
            last = corner;
        }
        return Math.abs(twice) / 2.0;
    }

    /** Largest distance of two corners, with pixels of this width and height. */
    static double feret(List<long[]> corners, double width, double height) {
        double most = 0;
        for (int i = 0; i < corners.size(); i++) {
            for (int j = i + 1; j < corners.size(); j++) {
                double dx = (corners.get(i)[0] - corners.get(j)[0]) * width;
                double dy = (corners.get(i)[1] - corners.get(j)[1]) * height;
                most = Math.max(most, dx * dx + dy * dy);
            }
        }
        return Math.sqrt(most);
    }

    /** Smallest distance of two parallel lines that hold the corners between them: one lies along a side. */
    static double minFeret(List<long[]> corners, double width, double height) {
        double least = Double.MAX_VALUE;
        long[] from = corners.get(corners.size() - 1);
        for (long[] to : corners) {
            double dx = (to[0] - from[0]) * width;
            double dy = (to[1] - from[1]) * height;
            double most = 0;
            for (long[] point : corners) {
                double away = dx * (point[1] - from[1]) * height - dy * (point[0] - from[0]) * width;
                most = Math.max(most, Math.abs(away));
            }
            least = Math.min(least, most / Math.hypot(dx, dy));
            from = to;
        }
        return least;
    }
}
