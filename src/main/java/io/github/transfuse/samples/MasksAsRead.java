package io.github.transfuse.samples;

import io.github.transfuse.model.ModelSpec;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** A few images with their masks as a training reads them, for people to look at. */
public final class MasksAsRead {

    /** So many images are shown. */
    public static final int COUNT = 4;

    private MasksAsRead() {}

    /**
     * Images of a training at the size at which the network sees them, with their classes; of a stack the slice with the most.
     *
     * @param split all pairs: what the values of masks mean is judged from all of them
     * @param model to train
     * @param reading of masks and channels
     * @return up to {@value #COUNT}, spread evenly over the images to train on
     * @throws SamplesException if a pair cannot be used
     * @throws IOException if a file cannot be read
     */
    public static List<AugmentationPreview.Sample> of(Split split, ModelSpec model, ExampleSet.Reading reading)
            throws IOException {
        List<Pair> all = new ArrayList<>(split.training());
        all.addAll(split.validation());
        int outputs = model.network().classes();
        MaskCoding coding = ExampleSet.coding(all, reading, model.output().kind(), KnownClasses.of(outputs, model));
        ExampleReader reader = new ExampleReader(model, reading.channels(), coding);
        List<AugmentationPreview.Sample> shown = new ArrayList<>();
        for (Pair pair : spread(split.training())) {
            Example fullest = reader.read(pair).stream()
                    .map(ExampleReader.Read::example)
                    .map(example -> example.slice(example.fullestSlice()))
                    .max(Comparator.comparingLong(MasksAsRead::foreground))
                    .orElseThrow();
            shown.add(new AugmentationPreview.Sample(
                    fullest.stem(),
                    fullest.height(),
                    fullest.width(),
                    fullest.image().rgb(),
                    classes(fullest, outputs)));
        }
        return shown;
    }

    private static List<Pair> spread(List<Pair> pairs) {
        int count = Math.min(COUNT, pairs.size());
        return IntStream.range(0, count)
                .mapToObj(i -> pairs.get(i * pairs.size() / count))
                .toList();
    }

    private static long foreground(Example example) {
        return IntStream.range(0, example.target().length)
                .map(i -> example.target()[i] & 0xFF)
                .filter(value -> value != 0 && value != Example.IGNORED)
                .count();
    }

    /** A soft foreground is one from a half on. */
    private static byte[] classes(Example example, int outputs) {
        byte[] classes = example.target().clone();
        for (int i = 0; outputs == 1 && i < classes.length; i++) {
            int value = classes[i] & 0xFF;
            classes[i] = value == Example.IGNORED ? classes[i] : (byte) (2 * value >= Example.FOREGROUND ? 1 : 0);
        }
        return classes;
    }
}
