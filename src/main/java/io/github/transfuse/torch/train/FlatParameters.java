package io.github.transfuse.torch.train;

import io.github.transfuse.torch.nn.ShapeText;
import java.util.Collection;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Many parameters that live side by side in one vector, and their gradients in another: clipping and optimising are then
 * a handful of long operations instead of thousands of short ones.
 */
final class FlatParameters implements AutoCloseable {

    /** Parameters begin at multiples of so many elements: kernels of GPUs read several at once and fail elsewhere. */
    private static final long ALIGNMENT = 64;

    private final Tensor values;
    private final Tensor gradients;

    /** Moves the parameters into one vector; they stay usable as before. */
    FlatParameters(Collection<Tensor> parameters) {
        try (PointerScope scope = new PointerScope();
                NoGradGuard guard = new NoGradGuard()) {
            long count = parameters.stream().mapToLong(FlatParameters::room).sum();
            Tensor like = parameters.iterator().next();
            values = torch.zeros(new long[] {count}, like.options());
            gradients = torch.zeros_like(values);
            values.retainReference();
            gradients.retainReference();
            long offset = 0;
            for (Tensor parameter : parameters) {
                Tensor view = viewLike(values, parameter, offset);
                view.copy_(parameter);
                parameter.set_data(view);
                parameter.mutable_grad().put(viewLike(gradients, parameter, offset));
                offset += room(parameter);
            }
        }
    }

    private static long room(Tensor parameter) {
        return (parameter.numel() + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    }

    /** A window into the vector with the shape and memory layout of the parameter. */
    private static Tensor viewLike(Tensor vector, Tensor parameter, long offset) {
        long[] strides = new long[Math.toIntExact(parameter.dim())];
        for (int i = 0; i < strides.length; i++) {
            strides[i] = parameter.stride(i);
        }
        return vector.as_strided(ShapeText.of(parameter), strides, new LongOptional(offset));
    }

    /** All parameters, [n], with zeros between them. */
    Tensor values() {
        return values;
    }

    /** All gradients, [n]; backward passes add to them. */
    Tensor gradients() {
        return gradients;
    }

    /** Forgets the gradients. */
    void zeroGradients() {
        gradients.zero_();
    }

    @Override
    public void close() {
        values.close();
        gradients.close();
    }
}
