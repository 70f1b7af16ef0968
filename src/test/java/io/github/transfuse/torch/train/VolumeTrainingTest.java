package io.github.transfuse.torch.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.transfuse.engine.EpochReport;
import io.github.transfuse.model.InputSpec;
import io.github.transfuse.model.ModelFolder;
import io.github.transfuse.torch.nn.Initialization;
import io.github.transfuse.torch.nn.TransFuseNetwork;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleSupplier;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The network and its training along three axes. */
class VolumeTrainingTest {

    @TempDir
    private Path folder;

    @Test
    void learnsTwoClassesInAFewVolumes() throws IOException {
        TinyTraining training =
                new TinyTraining(folder).volumes(7).batch(2).epochs(20).rate(1e-2);
        List<EpochReport> epochs = training.run().epochs();
        double dice = epochs.get(epochs.size() - 1).validation().dice();
        assertTrue(dice > 0.8, "validation Dice " + dice);
        assertEquals(26, epochs.get(0).timing().previews().get(0).width());

        ModelFolder model = ModelFolder.open(training.outputFolder());
        assertEquals(InputSpec.Mode.VOLUME, model.spec().input().sampling().mode());
        assertEquals(
                training.plan().spec().network().variant().scales(),
                model.spec().network().variant().scales());
    }

    @Test
    void resumesToTheSameLosses() throws IOException {
        double whole = lastLoss(new TinyTraining(folder)
                .volumes(3)
                .batch(2)
                .epochs(3)
                .output("whole")
                .run());
        new TinyTraining(folder).volumes(3).batch(2).epochs(3).output("parts").run(2);
        double resumed = lastLoss(new TinyTraining(folder)
                .volumes(3)
                .batch(2)
                .epochs(3)
                .output("parts")
                .resume(true)
                .run());
        assertEquals(whole, resumed);
    }

    private static double lastLoss(TinyTraining.Watched watched) {
        List<EpochReport> epochs = watched.epochs();
        return epochs.get(epochs.size() - 1).training().loss();
    }

    @Test
    void gradientsAreThoseOfTheLoss() throws IOException {
        TransFuseNetwork network = new TransFuseNetwork(
                new TinyTraining(folder).volumes(2).plan().spec().network(), 0);
        Initialization.random(network, 3);
        try (PointerScope scope = new PointerScope()) {
            network.convert(tensor -> tensor.is_floating_point() ? tensor.to(ScalarType.Double) : tensor);
            network.train(true);
            Tensor volumes = torch.randn(2, 1, 12, 24, 24).to(ScalarType.Double);
            Tensor classes = torch.randint(3, new long[] {2, 12, 24, 24}).to(ScalarType.Long);
            Tensor target = torch.one_hot(classes, 3).movedim(-1, 1).to(ScalarType.Double);
            loss(network, volumes, target).backward();
            Map<String, Tensor> named = network.namedParameters();
            for (String name : List.of(
                    "resnet.conv1.weight",
                    "transformer.patch_embed.proj.weight",
                    "transformer.pos_embed",
                    "up_c.W.conv.weight",
                    "up_c_2_2.attn_block.psi.0.weight",
                    "final_2.1.conv.weight")) {
                check(name, named.get(name), () -> loss(network, volumes, target)
                        .item()
                        .toDouble());
            }
        } finally {
            network.close();
        }
    }

    private static Tensor loss(TransFuseNetwork network, Tensor volumes, Tensor target) {
        return DeepSupervision.of(network.forward(volumes), target, new TensorOptional())
                .total();
    }

    /** Compares the largest entry of a gradient with central differences. */
    private static void check(String name, Tensor parameter, DoubleSupplier loss) {
        try (PointerScope scope = new PointerScope();
                NoGradGuard guard = new NoGradGuard()) {
            Tensor gradient = parameter.grad().flatten();
            long largest = gradient.abs().argmax().item().toLong();
            double expected = gradient.select(0, largest).item().toDouble();
            Tensor entry = parameter.view(-1).narrow(0, largest, 1);
            // So short that hardly any ReLU changes sides
            double step = 1e-8;
            entry.add_(new Scalar(step));
            double above = loss.getAsDouble();
            entry.sub_(new Scalar(2 * step));
            double below = loss.getAsDouble();
            entry.add_(new Scalar(step));
            assertEquals(expected, (above - below) / (2 * step), 1e-4 * Math.abs(expected) + 1e-8, name);
        }
    }
}
