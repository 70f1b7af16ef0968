package io.github.transfuse.torch.train;

import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** Adam (arXiv:1412.6980) without weight decay over groups of parameters with their own learning rates. */
final class Adam implements AutoCloseable {

    private static final double BETA2 = 0.999;
    private static final double EPS = 1e-8;

    private final List<FlatParameters> groups;
    private final List<Tensor> means;
    private final List<Tensor> squares;
    private final double beta1;
    private long steps;

    /** Starts with moments of zero. */
    Adam(List<FlatParameters> groups, double beta1) {
        this.groups = List.copyOf(groups);
        this.beta1 = beta1;
        means = groups.stream().map(Adam::zeros).toList();
        squares = groups.stream().map(Adam::zeros).toList();
    }

    private static Tensor zeros(FlatParameters group) {
        try (PointerScope scope = new PointerScope()) {
            Tensor moment = torch.zeros_like(group.values());
            moment.retainReference();
            return moment;
        }
    }

    /** The L2 norm of all gradients together. */
    double gradientNorm() {
        try (PointerScope scope = new PointerScope()) {
            double sum = 0;
            for (FlatParameters group : groups) {
                double norm = group.gradients().norm(new Scalar(2.0)).item().toDouble();
                sum += norm * norm;
            }
            return Math.sqrt(sum);
        }
    }

    /**
     * Makes one step, with gradients scaled down to the given norm if theirs is greater.
     *
     * @param rates learning rate of each group
     * @param maxNorm greatest L2 norm of all gradients together
     * @return the norm before clipping
     */
    double step(double[] rates, double maxNorm) {
        double norm = gradientNorm();
        // As torch.nn.utils.clip_grad_norm_ has it.
        double scale = Math.min(1, maxNorm / (norm + 1e-6));
        steps++;
        try (PointerScope scope = new PointerScope();
                NoGradGuard guard = new NoGradGuard()) {
            for (int i = 0; i < rates.length; i++) {
                update(i, rates[i], scale);
            }
        }
        return norm;
    }

    private void update(int index, double rate, double scale) {
        Tensor gradient = groups.get(index).gradients();
        if (scale < 1) {
            gradient.mul_(new Scalar(scale));
        }
        Tensor mean = means.get(index);
        Tensor square = squares.get(index);
        mean.lerp_(gradient, new Scalar(1 - beta1));
        square.mul_(new Scalar(BETA2)).addcmul_(gradient, gradient, new Scalar(1 - BETA2));
        double correction1 = 1 - Math.pow(beta1, (double) steps);
        double correction2 = Math.sqrt(1 - Math.pow(BETA2, (double) steps));
        Tensor denominator = square.sqrt().div_(new Scalar(correction2)).add_(new Scalar(EPS));
        groups.get(index).values().addcdiv_(mean, denominator, new Scalar(-rate / correction1));
    }

    /** Steps made so far. */
    long steps() {
        return steps;
    }

    /** Goes on from a checkpoint whose moments were copied into {@link #means} and {@link #squares}. */
    void resume(long stepsMade) {
        steps = stepsMade;
    }

    /** First moments, one vector a group. */
    List<Tensor> means() {
        return means;
    }

    /** Second moments, one vector a group. */
    List<Tensor> squares() {
        return squares;
    }

    @Override
    public void close() {
        means.forEach(Tensor::close);
        squares.forEach(Tensor::close);
    }
}
