package io.github.transfuse.torch;

import java.util.function.DoubleSupplier;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** Computes something with libtorch; the test loads it as the native side is loaded. */
public final class TensorProbe implements DoubleSupplier {
    @Override
    public double getAsDouble() {
        try (Tensor three = torch.ones(3, 4).mul(new Scalar(3.0));
                Tensor sum = three.sum()) {
            return sum.item().toDouble();
        }
    }

    /** Which class loader defined JavaCPP. */
    @Override
    public String toString() {
        return Loader.class.getClassLoader().getName();
    }
}
