package io.github.transfuse.torch.train;

import io.github.transfuse.engine.Device;
import io.github.transfuse.engine.NetworkInfo;
import io.github.transfuse.engine.TrainingPlan;
import io.github.transfuse.engine.TrainingRun;
import io.github.transfuse.samples.Augmenter;
import io.github.transfuse.samples.Example;
import io.github.transfuse.samples.ExampleBatch;
import io.github.transfuse.torch.nn.Initialization;
import io.github.transfuse.torch.nn.TransFuseNetwork;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.global.torch.MemoryFormat;

/** Prepares trainings: reads the examples, builds the network and gives it its starting weights. */
public final class Trainings {

    private static final int CALIBRATION_EXAMPLES = 64;

    private Trainings() {}

    /**
     * Prepares a training.
     *
     * @param plan what to train
     * @param info device and precision in use
     * @throws IOException if an example or a file of starting weights cannot be read
     */
    public static TrainingRun prepare(TrainingPlan plan, NetworkInfo info) throws IOException {
        TrainingData data = TrainingData.read(plan);
        List<String> notes = new ArrayList<>(info.notes());
        notes.add(data.split().note());
        TransFuseNetwork network =
                new TransFuseNetwork(plan.spec().network(), plan.execution().dropout());
        Initialization.random(network, plan.schedule().seed());
        Optional<Path> backbones = plan.start().backbones();
        if (backbones.isPresent()) {
            Backbones.Loaded loaded =
                    Backbones.load(network, backbones.get(), plan.spec().input().normalization());
            notes.addAll(loaded.notes());
            if (loaded.foldedNorms()) {
                calibrate(network, data.training(), form(plan, info.device()));
            }
        }
        network.convert(tensor -> tensor.dim() == 4 ? tensor.contiguous(MemoryFormat.ChannelsLast) : tensor);
        return new TorchTrainingRun(plan, data, network, info, List.copyOf(notes));
    }

    static BatchTensors.Form form(TrainingPlan plan, Device device) {
        return new BatchTensors.Form(
                new org.bytedeco.pytorch.Device(device.toString()),
                plan.spec().input().normalization(),
                plan.spec().network().classes());
    }

    /** Shows some training examples, not varied, to the norms. */
    private static void calibrate(TransFuseNetwork network, List<Example> examples, BatchTensors.Form form) {
        network.train(false);
        Augmenter plain = new Augmenter(Set.of(), true);
        try (NormCalibration calibration = new NormCalibration(network)) {
            for (Example example : examples.subList(0, Math.min(CALIBRATION_EXAMPLES, examples.size()))) {
                float[] image = new float[example.image().length];
                float[] target = new float[example.target().length];
                plain.apply(example, 0, image, target);
                try (PointerScope scope = new PointerScope();
                        NoGradGuard guard = new NoGradGuard()) {
                    calibration.watch(BatchTensors.of(new ExampleBatch(1, image, target), example, form)
                            .images());
                }
            }
        }
    }
}
