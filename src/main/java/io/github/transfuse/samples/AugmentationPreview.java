package io.github.transfuse.samples;

import io.github.transfuse.model.InputSpec;
import io.github.transfuse.model.ModelSpec;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/** Shows what a training would see: some examples, varied, as pictures for a dialog. */
public final class AugmentationPreview {

    /** So many pictures are shown. */
    public static final int COUNT = 12;

    private static final int FILES = 4;

    private AugmentationPreview() {}

    /**
     * A picture.
     *
     * @param stem of the example
     * @param height in pixels
     * @param width in pixels
     * @param rgb 0xRRGGBB per pixel, row-major
     * @param truth class per pixel, foreground from a half on; {@value Example#IGNORED} is left out
     */
    public record Sample(String stem, int height, int width, int[] rgb, byte[] truth) {}

    /**
     * Twelve varied network inputs from the first few pairs.
     *
     * @param pairs at least one
     * @param model to train
     * @param reading of masks and channels
     * @param switches variations that are on, see {@link Augmenter}
     * @param seed another one shows others
     * @throws IOException if a file cannot be read
     */
    public static List<Sample> of(
            List<Pair> pairs, ModelSpec model, ExampleSet.Reading reading, Set<String> switches, long seed)
            throws IOException {
        List<Pair> some = pairs.subList(0, Math.min(FILES, pairs.size()));
        ExampleSet examples = ExampleSet.read(new Split(some, some, "preview", Map.of()), model, reading);
        InputSpec input = model.input();
        boolean soft = model.network().classes() == 1;
        Crops crops = examples.crops(input, soft);
        Augmenter augmenter = new Augmenter(switches, soft, input.normalization());
        List<Sample> samples = new ArrayList<>();
        for (int i = 0; i < COUNT; i++) {
            int item = i % crops.count();
            samples.add(sample(crops, item, augmenter, new SplittableRandom(seed * COUNT + i)));
        }
        return samples;
    }

    private static Sample sample(Crops crops, int item, Augmenter augmenter, SplittableRandom random) {
        Crops.Drawn drawn = crops.draw(item, random);
        Example example = drawn.example();
        Frame frame = drawn.frame();
        float[] image = new float[example.channels() * frame.pixels()];
        float[] target = new float[frame.pixels()];
        augmenter.apply(example, frame, random, new Augmenter.Buffers(image, target));
        Picture varied = Picture.ofFloats(frame.height(), frame.width(), image);
        // Of a volume the middle slice
        int slice = frame.depth() / 2;
        byte[] truth = new byte[frame.height() * frame.width()];
        for (int i = 0; i < truth.length; i++) {
            float value = target[slice * truth.length + i];
            truth[i] = (byte) (value < 0 ? Example.IGNORED : Math.round(value));
        }
        int[] rgb = varied.everyNth(slice, frame.depth()).rgb();
        return new Sample(example.stem(), frame.height(), frame.width(), rgb, truth);
    }
}
