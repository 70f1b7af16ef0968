package io.github.transfuse.samples;

import io.github.transfuse.model.OutputSpec;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.DoubleStream;
import java.util.stream.LongStream;

/** What the images and masks of a training hold, and what stands out among them: looked for before it starts, and told. */
final class DataCheck {
    /** Objects of fewer pixels are more often slips of the pen. */
    private static final int TINY = 10;

    /** Of fewer images none stands out. */
    private static final int MIN_IMAGES = 5;

    /** As far from all others as this many times the distance between the farthest of them. */
    private static final double FAR = 2;

    /** Nearer ones, as parts of the larger, look alike to people. */
    private static final double ALIKE = 0.25;

    /** Pixels of an image whose mean is taken, about. */
    private static final int LOOKED_AT = 10_000;

    private final Collection<MaskSurvey> masks;
    private final MaskCoding coding;
    private final OutputSpec output;

    /**
     * A check.
     *
     * @param masks of all pairs
     * @param coding what their values mean
     * @param output of the model, for the names of its classes
     */
    DataCheck(Collection<MaskSurvey> masks, MaskCoding coding, OutputSpec output) {
        this.masks = masks;
        this.coding = coding;
        this.output = output;
    }

    /** Sentences about the masks. */
    List<String> ofMasks() {
        List<String> told = new ArrayList<>();
        boolean all = masks.stream().allMatch(mask -> mask.counts().size() < MaskSurvey.MAX_VALUES);
        if (all) {
            // a mask with one value for all of its objects does not number them
            boolean numbered = masks.stream().anyMatch(mask -> objects(mask).count() > 1);
            told.add(coding.rule() == MaskCoding.Rule.BOUNDARY && numbered ? objects() : shares());
        }
        List<String> empty = masks.stream()
                .filter(mask -> classes(mask.counts()).keySet().stream().allMatch(index -> index == 0))
                .map(DataCheck::name)
                .toList();
        if (!empty.isEmpty()) {
            told.add(empty.size() + " of " + masks.size() + " masks are empty (" + ImageNotes.shown(empty)
                    + "): right if nothing is there to be found; otherwise leave these images out.");
        }
        return told;
    }

    /** Pixels of each class; what is left out is in none. */
    private Map<Integer, Long> classes(Map<Integer, Long> counts) {
        Map<Integer, Long> classes = new HashMap<>();
        counts.forEach((value, pixels) ->
                coding.classesOf(Set.of(value)).forEach(index -> classes.merge(index, pixels, Long::sum)));
        return classes;
    }

    private String shares() {
        Map<Integer, Long> pixels = new HashMap<>();
        Map<Integer, Integer> images = new HashMap<>();
        for (MaskSurvey mask : masks) {
            classes(mask.counts()).forEach((index, count) -> {
                pixels.merge(index, count, Long::sum);
                images.merge(index, 1, Integer::sum);
            });
        }
        long all = pixels.values().stream().mapToLong(Long::longValue).sum();
        List<String> shares = new ArrayList<>();
        for (int index = 0; index <= output.classes().size(); index++) {
            String name =
                    index == 0 ? "background" : output.classes().get(index - 1).name();
            shares.add(String.format(
                    Locale.ROOT,
                    "%s %.2f %% in %d",
                    name,
                    100.0 * pixels.getOrDefault(index, 0L) / Math.max(1, all),
                    images.getOrDefault(index, 0)));
        }
        return "Share of all pixels: " + String.join(", ", shares) + " of " + masks.size() + " masks.";
    }

    private String objects() {
        long[] sizes = masks.stream().flatMapToLong(this::objects).sorted().toArray();
        long tiny = LongStream.of(sizes).filter(size -> size < TINY).count();
        return sizes.length + " numbered objects in " + masks.size() + " masks, of " + sizes[sizes.length / 2]
                + " pixels in the middle"
                + (tiny > 0
                        ? "; " + tiny + " have fewer than " + TINY
                                + ": remove those that are slips, since each is learned and counted."
                        : ".");
    }

    /** Pixels of each value beside the background, and what is left out. */
    private LongStream objects(MaskSurvey mask) {
        return mask.counts().entrySet().stream()
                .filter(entry -> coding.classesOf(Set.of(entry.getKey())).contains(1))
                .mapToLong(Map.Entry::getValue);
    }

    /** Sentences about the images. */
    static List<String> ofImages(List<Example> examples, List<Example> learned) {
        List<String> told = new ArrayList<>();
        List<String> twice = twice(learned);
        if (!twice.isEmpty()) {
            told.add("The same image is learned twice (" + ImageNotes.shown(twice)
                    + "): it counts double. Remove one of each two.");
        }
        List<String> odd = odd(examples);
        if (!odd.isEmpty()) {
            told.add(ImageNotes.shown(odd) + " is much brighter or darker than all other images: is it one of them?");
        }
        return told;
    }

    private static List<String> twice(List<Example> examples) {
        Map<Long, String> seen = new HashMap<>();
        List<String> twice = new ArrayList<>();
        for (Example example : examples) {
            String same = seen.putIfAbsent(PartsCheck.checksum(example), example.stem());
            if (same != null) {
                twice.add(example.stem() + " is " + same);
            }
        }
        return twice;
    }

    /** Slices of stacks are judged by their neighbours and differ at the ends: only whole images are looked at. */
    private static List<String> odd(List<Example> examples) {
        boolean slices = examples.stream().anyMatch(example -> example.stem().contains("#"));
        if (examples.size() < MIN_IMAGES || slices) {
            return List.of();
        }
        double[] means = examples.stream().mapToDouble(DataCheck::mean).toArray();
        List<String> odd = new ArrayList<>();
        for (int i = 0; i < means.length; i++) {
            if (isFar(means, i)) {
                odd.add(examples.get(i).stem());
            }
        }
        return odd;
    }

    private static boolean isFar(double[] means, int at) {
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < means.length; i++) {
            low = i == at ? low : Math.min(low, means[i]);
            high = i == at ? high : Math.max(high, means[i]);
        }
        double distance = Math.max(low - means[at], means[at] - high);
        double largest = DoubleStream.of(means).map(Math::abs).max().orElse(0);
        return distance > FAR * (high - low) && distance > ALIKE * largest;
    }

    private static double mean(Example example) {
        Picture image = example.image();
        int count = image.plane() * image.channels();
        int step = Math.max(1, count / LOOKED_AT);
        double sum = 0;
        int looked = 0;
        for (int i = 0; i < count; i += step) {
            sum += image.at(i);
            looked++;
        }
        return sum / looked;
    }

    private static String name(MaskSurvey mask) {
        return mask.file().getFileName().toString();
    }
}
