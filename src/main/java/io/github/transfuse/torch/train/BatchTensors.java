package io.github.transfuse.torch.train;

import io.github.transfuse.model.Normalization;
import io.github.transfuse.samples.ExampleBatch;
import io.github.transfuse.samples.Units;
import io.github.transfuse.torch.nn.ChannelsLast;
import java.util.Arrays;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * A batch on the device.
 *
 * @param images [B, C, (D,) H, W], normalised
 * @param target [B, K, (D,) H, W] in [0, 1]; one-hot for several classes
 * @param valid [B, 1, (D,) H, W], or nothing where every pixel counts
 */
record BatchTensors(Tensor images, Tensor target, TensorOptional valid) {

    /** Moves a batch of examples to the device. */
    static BatchTensors of(ExampleBatch batch, Form form) {
        long[] shape = Arrays.stream(batch.shape()).asLongStream().toArray();
        Tensor moved = Tensor.create(batch.images(), shape.clone()).to(form.device(), ScalarType.Float);
        Tensor images = form.channelsLast() ? ChannelsLast.of(moved) : moved;
        shape[1] = 1;
        Tensor target = Tensor.create(batch.targets(), shape).to(form.device(), ScalarType.Float);
        TensorOptional valid = batch.hasIgnored()
                ? new TensorOptional(target.ge(new Scalar(0)).to(ScalarType.Float))
                : new TensorOptional();
        // Ignored pixels are negative: as background they are in range, and have no weight
        Tensor counted = target.clamp_min(new Scalar(0));
        return new BatchTensors(form.normalized(images), form.classes() == 1 ? counted : oneHot(counted, form), valid);
    }

    private static Tensor oneHot(Tensor classes, Form form) {
        Tensor indices = classes.to(ScalarType.Long).squeeze(1);
        return torch.one_hot(indices, form.classes()).movedim(-1, 1).to(ScalarType.Float);
    }

    /**
     * What examples become.
     *
     * @param device where
     * @param normalization of the model
     * @param classes output channels of the network
     * @param channelsLast whether images have their channels last in memory
     */
    record Form(Device device, Normalization normalization, int classes, boolean channelsLast) {

        /** The same on another device. */
        Form on(Device other) {
            return new Form(other, normalization, classes, channelsLast);
        }

        /** Subtracts the model's mean and divides by its deviation, per channel; [B, C, (D,) H, W] in {@link Units}. */
        Tensor normalized(Tensor images) {
            Units.Top top = Units.top(normalization, Math.toIntExact(images.size(1)));
            return images.sub(perChannel(images, top.mean())).div(perChannel(images, top.std()));
        }

        private Tensor perChannel(Tensor images, float... values) {
            long[] shape = new long[(int) images.dim()];
            Arrays.fill(shape, 1);
            shape[1] = values.length;
            return Tensor.create(values, shape).to(device, ScalarType.Float);
        }
    }
}
