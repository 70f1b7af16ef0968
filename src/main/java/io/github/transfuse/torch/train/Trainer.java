package io.github.transfuse.torch.train;

import io.github.transfuse.engine.EpochReport.Scores;
import io.github.transfuse.engine.TrainingListener;
import io.github.transfuse.engine.TrainingPlan;
import io.github.transfuse.samples.Example;
import io.github.transfuse.samples.ExampleBatch;
import io.github.transfuse.samples.ExampleFeed;
import io.github.transfuse.torch.nn.Logits;
import io.github.transfuse.torch.nn.TransFuseNetwork;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** Passes over the training examples: forward, loss, backward, step. */
final class Trainer implements AutoCloseable {

    private final TransFuseNetwork network;
    private final TrainingPlan plan;
    private final BatchTensors.Form form;
    private final Optimizer optimizer;
    private final boolean bf16;

    /**
     * A trainer.
     *
     * @param stepsPerEpoch for the learning-rate schedule
     * @param bf16 whether matrix products and convolutions are computed in bf16
     */
    Trainer(TransFuseNetwork network, TrainingPlan plan, BatchTensors.Form form, int stepsPerEpoch, boolean bf16) {
        this.network = network;
        this.plan = plan;
        this.form = form;
        this.bf16 = bf16;
        TrainingPlan.Rate rate = plan.schedule().rate();
        long steps = (long) stepsPerEpoch * plan.schedule().epochs();
        optimizer = new Optimizer(network, rate.beta1(), new LearningRate(rate, steps), plan.execution().averaging());
    }

    /**
     * One pass.
     *
     * @param example any of the feed's, for its size
     * @return false if the listener asked to stop, or the thread was interrupted, before the end
     */
    Pass epoch(int epoch, ExampleFeed feed, Example example, TrainingListener listener) throws InterruptedException {
        // Dropout draws from libtorch's generator: seeded anew, every epoch is the same whether resumed or not.
        torch.manual_seed(plan.schedule().seed() * 1_000_003L + epoch);
        network.train(true);
        int steps = feed.start(epoch, plan.schedule().batchSize());
        RunningScores scores = new RunningScores();
        for (int step = 1; step <= steps; step++) {
            if (stopRequested(listener)) {
                return new Pass(scores.mean(), false);
            }
            double loss = step(feed.next(), example, scores);
            listener.step(epoch, step, steps, loss);
        }
        return new Pass(scores.mean(), true);
    }

    private static boolean stopRequested(TrainingListener listener) throws InterruptedException {
        TrainingListener.Request request = listener.request();
        while (request == TrainingListener.Request.PAUSE) {
            Thread.sleep(100);
            request = listener.request();
        }
        return request == TrainingListener.Request.STOP;
    }

    private double step(ExampleBatch examples, Example shape, RunningScores scores) {
        try (PointerScope scope = new PointerScope()) {
            BatchTensors batch = BatchTensors.of(examples, shape, form);
            optimizer.zeroGradients();
            Logits logits = forward(batch.images());
            Tensor loss =
                    DeepSupervision.of(logits, batch.target(), batch.valid()).total();
            loss.backward();
            double value = loss.item().toDouble();
            if (!Double.isFinite(value)) {
                throw new ArithmeticException(
                        "The training loss became " + value + ". Try a lower learning_rate, or precision=float32.");
            }
            optimizer.step();
            scores.add(value, logits.map2(), batch);
            return value;
        }
    }

    private Logits forward(Tensor images) {
        try (Autocast cast = Autocast.bf16(form.device().type(), bf16)) {
            return network.forward(images);
        }
    }

    /** The optimiser, for checkpoints and averaged weights. */
    Optimizer optimizer() {
        return optimizer;
    }

    @Override
    public void close() {
        optimizer.close();
    }

    /**
     * What a pass brought.
     *
     * @param scores on the training examples
     * @param complete whether it was not stopped
     */
    record Pass(Scores scores, boolean complete) {}
}
