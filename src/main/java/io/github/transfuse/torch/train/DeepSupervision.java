package io.github.transfuse.torch.train;

import io.github.transfuse.torch.nn.Logits;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;

/**
 * The structure loss of all three outputs.
 *
 * @param total 0.5 map2 + 0.3 map1 + 0.2 mapX, a scalar to differentiate
 * @param mapX loss of the deepest head
 * @param map1 loss of the transformer's head
 * @param map2 loss of the prediction
 */
public record DeepSupervision(Tensor total, Tensor mapX, Tensor map1, Tensor map2) {

    /**
     * Computes the losses; binary for one class, otherwise multi-class.
     *
     * @param logits as the network returns them
     * @param target as the logits, in [0, 1]; one-hot for several classes
     * @param valid 1 where a pixel counts, 0 where it is ignored; nothing: all count
     */
    public static DeepSupervision of(Logits logits, Tensor target, TensorOptional valid) {
        Tensor mapX = loss(logits.mapX(), target, valid);
        Tensor map1 = loss(logits.map1(), target, valid);
        Tensor map2 = loss(logits.map2(), target, valid);
        Tensor total = map2.mul(new Scalar(0.5)).add(map1.mul(new Scalar(0.3))).add(mapX.mul(new Scalar(0.2)));
        return new DeepSupervision(total, mapX, map1, map2);
    }

    /** The structure loss of one output, in the precision of the target. */
    static Tensor loss(Tensor logits, Tensor target, TensorOptional valid) {
        Tensor exact = logits.to(target.scalar_type());
        return logits.size(1) == 1
                ? StructureLoss.binary(exact, target, valid)
                : StructureLoss.multiclass(exact, target, valid);
    }
}
