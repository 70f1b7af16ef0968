package io.github.transfuse.slide;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.geom.Polygonal;

/**
 * Decides which regions judge a training where nobody drew any of the class {@code Validation}: of many regions some as they
 * are, of few a part of each at one of its ends. The same drawings always give the same.
 *
 * @param share of the area of all regions that judges, in (0, 1)
 */
public record JudgingRegions(double share) {
    /** From so many regions on, some judge as a whole: they resemble the others less than their own ends do. */
    static final int MANY = 5;

    private static final GeometryFactory FACTORY = new GeometryFactory();

    /**
     * The choice.
     *
     * @param images drawings of each image, some of which judge now
     * @param sentence for people; empty if nothing was changed
     */
    public record Choice(List<List<Drawing>> images, String sentence) {}

    private record Place(int image, Drawing region) {}

    /** Chooses among the regions of all images. */
    public Choice of(List<List<Drawing>> images) {
        List<Place> places = new ArrayList<>();
        for (int i = 0; i < images.size(); i++) {
            int image = i;
            images.get(i).stream().filter(Drawing::isRegion).forEach(region -> places.add(new Place(image, region)));
        }
        if (places.isEmpty() || places.stream().anyMatch(place -> place.region.isValidation())) {
            return new Choice(images, "");
        }
        return places.size() >= MANY ? whole(images, places) : ends(images);
    }

    private Choice whole(List<List<Drawing>> images, List<Place> places) {
        double all = places.stream()
                .mapToDouble(place -> place.region.shape().getArea())
                .sum();
        // an empty region cannot judge; apart from that those in the middle of a list judge, as good as any
        List<Place> ordered = Stream.concat(spread(places, images, true), spread(places, images, false))
                .toList();
        List<Place> judges = new ArrayList<>();
        double area = 0;
        for (Place place : ordered) {
            if (judges.isEmpty() || (area < share * all && judges.size() < places.size() - 1)) {
                judges.add(place);
                area += place.region.shape().getArea();
            }
        }
        List<List<Drawing>> changed = new ArrayList<>();
        for (int i = 0; i < images.size(); i++) {
            int image = i;
            changed.add(images.get(i).stream()
                    .map(drawing ->
                            judges.stream().anyMatch(judge -> judge.image == image && judge.region.equals(drawing))
                                    ? drawing.judging(drawing.shape())
                                    : drawing)
                    .toList());
        }
        return new Choice(
                changed,
                "No region is of the class Validation: " + judges.size() + " of the " + places.size()
                        + " regions judge the training and are not learned.");
    }

    /** Every other one first, so that judges do not all come from one image. */
    private static Stream<Place> spread(List<Place> places, List<List<Drawing>> images, boolean full) {
        List<Place> some =
                places.stream().filter(place -> isFull(place, images) == full).toList();
        int step = Math.max(1, (int) Math.round(Math.sqrt(some.size())));
        return Stream.iterate(0, first -> first < step, first -> first + 1)
                .flatMap(first -> Stream.iterate(step - 1 - first, i -> i < some.size(), i -> i + step)
                        .map(some::get));
    }

    private static boolean isFull(Place place, List<List<Drawing>> images) {
        return images.get(place.image).stream().anyMatch(drawing -> isIn(drawing, place.region, place.region.shape()));
    }

    private static boolean isIn(Drawing drawing, Drawing region, Geometry part) {
        return !drawing.isRegion()
                && !drawing.isIgnored()
                && !drawing.isBackground()
                && drawing.plane().equals(region.plane())
                && part.contains(drawing.shape().getInteriorPoint());
    }

    private Choice ends(List<List<Drawing>> images) {
        List<List<Drawing>> changed = new ArrayList<>();
        for (List<Drawing> drawings : images) {
            changed.add(drawings.stream()
                    .flatMap(drawing -> drawing.isRegion() ? divided(drawing, drawings) : Stream.of(drawing))
                    .toList());
        }
        return new Choice(
                changed,
                "No region is of the class Validation: a part of each region, at one end, judges the training and is not"
                        + " learned. Draw regions of the class Validation for figures that say more.");
    }

    /** At that end which holds about the wanted share of what is drawn. */
    private Stream<Drawing> divided(Drawing region, List<Drawing> drawings) {
        List<Drawing> inside = drawings.stream()
                .filter(drawing -> isIn(drawing, region, region.shape()))
                .toList();
        Envelope box = region.shape().getEnvelopeInternal();
        Envelope end = Stream.of(
                        new Envelope(
                                box.getMaxX() - share * box.getWidth(), box.getMaxX(), box.getMinY(), box.getMaxY()),
                        new Envelope(
                                box.getMinX(), box.getMaxX(), box.getMaxY() - share * box.getHeight(), box.getMaxY()),
                        new Envelope(
                                box.getMinX(), box.getMinX() + share * box.getWidth(), box.getMinY(), box.getMaxY()),
                        new Envelope(
                                box.getMinX(), box.getMaxX(), box.getMinY(), box.getMinY() + share * box.getHeight()))
                .min(Comparator.comparingDouble(strip -> Math.abs(part(region, inside, strip) - share)))
                .orElseThrow();
        Geometry strip = FACTORY.toGeometry(end);
        Geometry judging = region.shape().intersection(strip);
        Geometry learned = region.shape().difference(strip);
        boolean both = judging instanceof Polygonal && learned instanceof Polygonal && !judging.isEmpty();
        return both ? Stream.of(region.of(learned), region.judging(judging)) : Stream.of(region);
    }

    /** How much of what is drawn lies in a strip. */
    private static double part(Drawing region, List<Drawing> inside, Envelope strip) {
        Geometry shape = FACTORY.toGeometry(strip);
        long found =
                inside.stream().filter(drawing -> isIn(drawing, region, shape)).count();
        return inside.isEmpty() ? 0 : (double) found / inside.size();
    }
}
