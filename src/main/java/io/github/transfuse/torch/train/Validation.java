package io.github.transfuse.torch.train;

import io.github.transfuse.engine.EpochReport.Scores;
import io.github.transfuse.engine.Preview;
import io.github.transfuse.samples.Augmenter;
import io.github.transfuse.samples.Example;
import io.github.transfuse.samples.ExampleBatch;
import io.github.transfuse.samples.Truth;
import io.github.transfuse.torch.nn.Logits;
import io.github.transfuse.torch.nn.StateDict;
import io.github.transfuse.torch.nn.TransFuseNetwork;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Scores a network on the validation examples, image by image: the logits are resampled to the size of the stored mask,
 * where Dice and IoU are counted as (2I + e) / (S + e) and (I + e) / (U + e) with e = 0.001; means over classes present
 * in either image, then over images.
 */
final class Validation {

    private static final double SMOOTH = 1e-3;
    private static final int PREVIEWS = 6;

    private final List<Example> examples;
    private final List<Truth> truths;
    private final BatchTensors.Form form;
    private final List<Preview> previews = new ArrayList<>();

    /** Examples and their masks at stored size, in the same order. */
    Validation(List<Example> examples, List<Truth> truths, BatchTensors.Form form) {
        this.examples = List.copyOf(examples);
        this.truths = List.copyOf(truths);
        this.form = form;
    }

    /** Runs the network in evaluation mode; it is left in that mode. */
    Scores score(TransFuseNetwork network, boolean bf16) {
        network.train(false);
        previews.clear();
        double loss = 0;
        double dice = 0;
        double iou = 0;
        for (int i = 0; i < examples.size(); i++) {
            try (PointerScope scope = new PointerScope();
                    NoGradGuard guard = new NoGradGuard()) {
                BatchTensors batch = tensors(examples.get(i));
                Tensor logits = predict(network, batch.images(), bf16);
                loss += DeepSupervision.loss(logits, batch.target(), batch.valid())
                        .item()
                        .toDouble();
                if (i < PREVIEWS) {
                    previews.add(preview(examples.get(i), logits));
                }
                double[] overlap = overlap(logits, truths.get(i));
                dice += overlap[0];
                iou += overlap[1];
            }
        }
        int n = examples.size();
        return new Scores(loss / n, dice / n, iou / n);
    }

    /** Some examples as segmented in the last {@link #score}, the same ones every time. */
    List<Preview> previews() {
        return List.copyOf(previews);
    }

    private Preview preview(Example example, Tensor logits) {
        int pixels = example.height() * example.width();
        int[] rgb = new int[pixels];
        byte[] truth = example.target().clone();
        byte[] predicted = new byte[pixels];
        float[] classes = StateDict.floats(classes(logits));
        int last = example.channels() - 1;
        for (int i = 0; i < pixels; i++) {
            int red = example.image()[i] & 0xFF;
            int green = example.image()[Math.min(1, last) * pixels + i] & 0xFF;
            int blue = example.image()[Math.min(2, last) * pixels + i] & 0xFF;
            rgb[i] = red << 16 | green << 8 | blue;
            predicted[i] = (byte) classes[i];
            truth[i] = form.classes() == 1 ? (byte) ((truth[i] & 0xFF) > 127 ? 1 : 0) : truth[i];
        }
        return new Preview(example.stem(), example.height(), example.width(), rgb, predicted, truth);
    }

    private BatchTensors tensors(Example example) {
        float[] image = new float[example.image().length];
        float[] target = new float[example.target().length];
        new Augmenter(Set.of(), form.classes() == 1).apply(example, 0, image, target);
        return BatchTensors.of(new ExampleBatch(1, image, target), example, form);
    }

    private Tensor predict(TransFuseNetwork network, Tensor images, boolean bf16) {
        try (Autocast cast = Autocast.bf16(form.device().type(), bf16)) {
            Logits logits = network.forward(images);
            return logits.map2().to(ScalarType.Float);
        }
    }

    private double[] overlap(Tensor logits, Truth truth) {
        Tensor full = torch.upsample_bilinear2d(logits, new long[] {truth.height(), truth.width()}, false);
        float[] predicted = StateDict.floats(classes(full));
        int last = Math.max(1, form.classes() - 1);
        double dice = 0;
        double iou = 0;
        int present = 0;
        for (int c = 1; c <= last; c++) {
            long[] counts = count(predicted, truth.classes(), c);
            if (counts[1] + counts[2] > 0 || last == 1) {
                double both = counts[1] + counts[2];
                dice += (2 * counts[0] + SMOOTH) / (both + SMOOTH);
                iou += (counts[0] + SMOOTH) / (both - counts[0] + SMOOTH);
                present++;
            }
        }
        return present == 0 ? new double[] {1, 1} : new double[] {dice / present, iou / present};
    }

    private static Tensor classes(Tensor logits) {
        Tensor found = logits.size(1) == 1 ? logits.gt(new Scalar(0)) : logits.argmax(new LongOptional(1), false);
        return found.to(ScalarType.Float);
    }

    /** Pixels in both, in the prediction, in the truth; ignored ones in none. */
    private static long[] count(float[] predicted, byte[] truth, int wanted) {
        long[] counts = new long[3];
        for (int i = 0; i < truth.length; i++) {
            if ((truth[i] & 0xFF) == Example.IGNORED) {
                continue;
            }
            boolean p = predicted[i] == wanted;
            boolean t = truth[i] == wanted;
            counts[0] += p && t ? 1 : 0;
            counts[1] += p ? 1 : 0;
            counts[2] += t ? 1 : 0;
        }
        return counts;
    }
}
