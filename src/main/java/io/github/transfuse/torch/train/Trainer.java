package io.github.transfuse.torch.train;

import io.github.transfuse.engine.EpochReport.Scores;
import io.github.transfuse.engine.TrainingListener;
import io.github.transfuse.engine.TrainingPlan;
import io.github.transfuse.samples.ExampleBatch;
import io.github.transfuse.samples.ExampleFeed;
import io.github.transfuse.torch.nn.Logits;
import io.github.transfuse.torch.nn.TransFuseNetwork;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** Passes over the training examples: forward, loss, backward, step. */
final class Trainer implements AutoCloseable {

    private final TransFuseNetwork network;
    private final TrainingPlan plan;
    private final BatchTensors.Form form;
    private final Optimizer optimizer;
    private final boolean bf16;
    private final MicroBatches batches = new MicroBatches(new Backward());
    private final LearningRate schedule;
    private final long stepsPerEpoch;
    private RunningScores scores;

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
        this.scores = new RunningScores(form.classes());
        TrainingPlan.Rate rate = plan.schedule().rate();
        this.stepsPerEpoch = stepsPerEpoch;
        this.schedule =
                new LearningRate(rate, this.stepsPerEpoch * plan.schedule().epochs());
        double averaging = plan.execution().averaging();
        optimizer = new Optimizer(network, rate.beta1(), schedule, averaging);
    }

    /**
     * One pass.
     *
     * @return what it brought; not complete if the listener asked to stop before the end
     * @throws ArithmeticException if the loss is no longer a number
     */
    Pass epoch(int epoch, ExampleFeed feed, TrainingListener listener) throws InterruptedException {
        // Dropout draws from libtorch's generator: seeded anew, every epoch is the same whether resumed or not.
        torch.manual_seed(plan.schedule().seed() * 1_000_003L + epoch);
        network.train(true);
        int steps = feed.start(epoch, plan.schedule().batchSize());
        scores = new RunningScores(form.classes());
        for (int step = 1; step <= steps; step++) {
            if (stopRequested(listener)) {
                return new Pass(scores.mean(), false);
            }
            double loss = batches.learn(feed.next(), listener::note);
            requireFinite(loss);
            optimizer.step();
            listener.step(epoch, step, steps, loss);
        }
        return new Pass(scores.mean(), true);
    }

    /** The learning rate falls within the last epochs of an early end. */
    void end(EarlyEnd early) {
        schedule.end(stepsPerEpoch * early.since(), stepsPerEpoch * early.until());
    }

    private static boolean stopRequested(TrainingListener listener) throws InterruptedException {
        TrainingListener.Request request = listener.request();
        while (request == TrainingListener.Request.PAUSE) {
            Thread.sleep(100);
            request = listener.request();
        }
        return request == TrainingListener.Request.STOP;
    }

    private void requireFinite(double loss) {
        if (!Double.isFinite(loss)) {
            throw new ArithmeticException("The training loss became " + loss + " at learning_rate "
                    + plan.schedule().rate().head() + ". Resume with a lower learning_rate"
                    + (bf16 ? ", or with precision=float32." : "."));
        }
    }

    /** Forward and backward of a batch or a part of it. */
    private final class Backward implements MicroBatches.Pass {
        @Override
        public void restart() {
            optimizer.zeroGradients();
        }

        @Override
        public double learn(ExampleBatch part, double share) {
            try (PointerScope scope = new PointerScope()) {
                BatchTensors batch = BatchTensors.of(part, form);
                Logits logits = forward(batch.images());
                Tensor loss = DeepSupervision.of(logits, batch.target(), batch.valid())
                        .total();
                (share < 1 ? loss.mul(new Scalar(share)) : loss).backward();
                double value = loss.item().toDouble();
                scores.add(value, logits.map2(), batch);
                return value * share;
            }
        }

        private Logits forward(Tensor images) {
            try (Autocast cast = Autocast.bf16(form.device().type(), bf16)) {
                return network.forward(images);
            }
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
