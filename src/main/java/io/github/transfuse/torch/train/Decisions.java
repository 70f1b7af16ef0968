package io.github.transfuse.torch.train;

import io.github.transfuse.model.OutputSpec;
import io.github.transfuse.torch.nn.StateDict;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Decides pixels at several outputs at once, in one byte a pixel: of one foreground, how many of the outputs' thresholds
 * its probability is above; of several classes, the greatest, whatever the threshold.
 */
final class Decisions {
    private final List<OutputSpec> outputs;
    private final boolean foreground;
    private final double[] thresholds;

    /**
     * Decisions at these outputs.
     *
     * @param classes of the network's output: 1 for a foreground
     */
    Decisions(List<OutputSpec> outputs, int classes) {
        this.outputs = List.copyOf(outputs);
        this.foreground = classes == 1;
        thresholds = outputs.stream()
                .mapToDouble(OutputSpec::threshold)
                .sorted()
                .distinct()
                .toArray();
    }

    /**
     * Decides.
     *
     * @param logits [1, K, (D,) H, W]
     */
    byte[] of(Tensor logits) {
        float[] values = StateDict.floats(
                foreground ? logits : logits.argmax(new LongOptional(1), false).to(ScalarType.Float));
        byte[] decided = new byte[values.length];
        // compared where the numbers are, as ClassMap does
        double[] cuts =
                Arrays.stream(thresholds).map(p -> Math.log(p / (1 - p))).toArray();
        for (int i = 0; i < decided.length; i++) {
            decided[i] = foreground ? above(cuts, values[i]) : (byte) values[i];
        }
        return decided;
    }

    private static byte above(double[] cuts, float value) {
        byte count = 0;
        while (count < cuts.length && value > cuts[count]) {
            count++;
        }
        return count;
    }

    /** The class map of what was decided at one of the outputs. */
    byte[] classes(byte[] decided, int output) {
        if (!foreground) {
            return decided;
        }
        int place = Arrays.binarySearch(thresholds, outputs.get(output).threshold());
        byte[] classes = new byte[decided.length];
        for (int i = 0; i < classes.length; i++) {
            classes[i] = (byte) (decided[i] > place ? 1 : 0);
        }
        return classes;
    }
}
