package io.github.transfuse.torch.train;

import io.github.transfuse.model.Normalization;
import io.github.transfuse.samples.Example;
import io.github.transfuse.samples.ExampleBatch;
import java.util.List;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.MemoryFormat;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * A batch on the device.
 *
 * @param images [B, C, H, W], normalised, channels last
 * @param target [B, K, H, W] in [0, 1]; one-hot for several classes
 * @param valid [B, 1, H, W], or nothing where every pixel counts
 */
record BatchTensors(Tensor images, Tensor target, TensorOptional valid) {

    /** Moves a batch of examples of one size to the device. */
    static BatchTensors of(ExampleBatch batch, Example shape, Form form) {
        long height = shape.height();
        long width = shape.width();
        Tensor images = Tensor.create(batch.images(), batch.count(), shape.channels(), height, width)
                .to(form.device(), ScalarType.Float)
                .contiguous(MemoryFormat.ChannelsLast);
        Tensor target =
                Tensor.create(batch.targets(), batch.count(), 1, height, width).to(form.device(), ScalarType.Float);
        Tensor normalized = form.normalized(images);
        if (form.classes() == 1) {
            return new BatchTensors(normalized, target, new TensorOptional());
        }
        Tensor classes = target.to(ScalarType.Long);
        Tensor valid = classes.ne(new Scalar(Example.IGNORED));
        Tensor indices = classes.mul(valid).squeeze(1);
        Tensor oneHot =
                torch.one_hot(indices, form.classes()).permute(0, 3, 1, 2).to(ScalarType.Float);
        return new BatchTensors(normalized, oneHot, new TensorOptional(valid.to(ScalarType.Float)));
    }

    /**
     * What examples become.
     *
     * @param device where
     * @param normalization with fixed numbers
     * @param classes output channels of the network
     */
    record Form(Device device, Normalization normalization, int classes) {

        /** Subtracts the mean and divides by the standard deviation of every channel; [B, C, H, W] in [0, 1]. */
        Tensor normalized(Tensor images) {
            return images.sub(perChannel(normalization.mean())).div(perChannel(normalization.std()));
        }

        private Tensor perChannel(List<Double> numbers) {
            float[] values = new float[numbers.size()];
            for (int i = 0; i < values.length; i++) {
                values[i] = numbers.get(i).floatValue();
            }
            return Tensor.create(values, 1, values.length, 1, 1).to(device, ScalarType.Float);
        }
    }
}
