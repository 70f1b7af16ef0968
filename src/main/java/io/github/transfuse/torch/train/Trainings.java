package io.github.transfuse.torch.train;

import io.github.transfuse.engine.Device;
import io.github.transfuse.engine.NetworkInfo;
import io.github.transfuse.engine.Precision;
import io.github.transfuse.engine.TrainingPlan;
import io.github.transfuse.engine.TrainingRun;
import io.github.transfuse.model.ImagenetBranches;
import io.github.transfuse.model.Normalization;
import io.github.transfuse.samples.Augmenter;
import io.github.transfuse.samples.ExampleFeed;
import io.github.transfuse.samples.ExampleSet;
import io.github.transfuse.torch.nn.ChannelsLast;
import io.github.transfuse.torch.nn.Initialization;
import io.github.transfuse.torch.nn.TransFuseNetwork;
import io.github.transfuse.weights.TensorStore;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;

/** Prepares trainings: reads the examples, builds the network and gives it its starting weights. */
public final class Trainings {

    private static final int CALIBRATION_BATCH = 4;
    private static final int CALIBRATION_BATCHES = 16;

    private Trainings() {}

    /**
     * Prepares a training.
     *
     * @param plan what to train
     * @param info device and precision in use
     * @throws IOException if an example or a file of starting weights cannot be read
     */
    public static TrainingRun prepare(TrainingPlan plan, NetworkInfo info) throws IOException {
        ExampleSet data = PlannedExamples.read(plan);
        List<String> notes = new ArrayList<>(info.notes());
        notes.add(data.split().note());
        notes.add(data.coding().note());
        notes.addAll(data.notes());
        TransFuseNetwork network =
                new TransFuseNetwork(plan.spec().network(), plan.execution().dropout());
        Initialization.random(network, plan.schedule().seed());
        // On the processor, so that a seed and a start mean the same weights everywhere
        BatchTensors.Form form = form(plan, info);
        List<String> start = start(network, plan, data, form.on(new org.bytedeco.pytorch.Device("cpu")));
        network.convert(tensor -> tensor.to(form.device(), tensor.scalar_type().intern()));
        notes.addAll(start);
        if (form.channelsLast()) {
            network.convert(ChannelsLast::of);
        }
        return new TorchTrainingRun(
                plan, data, network, info, new TorchTrainingRun.Told(List.copyOf(notes), String.join(" ", start)));
    }

    /** Gives the network its starting weights; what was done, in sentences. A checkpoint has weights of its own. */
    private static List<String> start(
            TransFuseNetwork network, TrainingPlan plan, ExampleSet data, BatchTensors.Form form) throws IOException {
        TrainingPlan.Start start = plan.start();
        if (start.resume()) {
            return List.of("The training goes on from its checkpoint.");
        }
        Normalization normalization = plan.spec().input().normalization();
        List<String> told =
                new ArrayList<>(List.of(start.sentence(plan.spec().network().variant())));
        switch (start.origin()) {
            case RANDOM -> {}
            case MODEL, NEAREST, GENERAL ->
                told.addAll(StartingWeights.load(network, start.path().orElseThrow(), plan.spec(), start.origin()));
            case IMAGENET, FOLDER -> {
                List<TensorStore> stores =
                        start.path().isPresent() ? Backbones.open(start.path().get()) : ImagenetBranches.read();
                Backbones.Loaded loaded = Backbones.load(network, stores, normalization);
                told.addAll(loaded.notes());
                if (loaded.foldedNorms()) {
                    calibrate(network, plan, data, form);
                }
            }
        }
        return told;
    }

    static BatchTensors.Form form(TrainingPlan plan, NetworkInfo info) {
        return new BatchTensors.Form(
                new org.bytedeco.pytorch.Device(info.device().toString()),
                plan.spec().input().normalization(),
                plan.spec().network().classes(),
                channelsLast(plan, info));
    }

    /** Channels last is faster but for float32 on GPUs; the plain form is what benchmarks compare with. */
    private static boolean channelsLast(TrainingPlan plan, NetworkInfo info) {
        boolean faster = info.device().kind() == Device.Kind.CPU || info.precision() != Precision.FLOAT32;
        return faster && !plan.execution().options().plain();
    }

    /** Shows some training examples to the norms: what the first epoch shows, not varied. */
    private static void calibrate(TransFuseNetwork network, TrainingPlan plan, ExampleSet data, BatchTensors.Form form)
            throws IOException {
        network.train(false);
        Augmenter plain = new Augmenter(Set.of(), PlannedExamples.isSoft(plan), form.normalization());
        try (ExampleFeed feed = new ExampleFeed(
                        PlannedExamples.crops(plan, data),
                        plain,
                        plan.schedule().seed(),
                        1);
                NormCalibration calibration = new NormCalibration(network)) {
            int batches = Math.min(CALIBRATION_BATCHES, feed.start(0, CALIBRATION_BATCH));
            for (int i = 0; i < batches; i++) {
                try (PointerScope scope = new PointerScope();
                        NoGradGuard guard = new NoGradGuard()) {
                    calibration.watch(BatchTensors.of(feed.next(), form).images());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw (IOException) new InterruptedIOException("The training was interrupted.").initCause(e);
        }
    }
}
