package io.github.transfuse.torch;

import io.github.transfuse.engine.Batch;
import io.github.transfuse.engine.Network;
import io.github.transfuse.engine.NetworkInfo;
import io.github.transfuse.network.Scales;
import io.github.transfuse.torch.infer.InferenceForm;
import io.github.transfuse.torch.nn.ShapeText;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** An opened network. */
final class TorchNetwork implements Network {

    /** The number of threads is a setting of the whole process, so one batch is computed at a time. */
    private static final Object ONE_AT_A_TIME = new Object();

    private final InferenceForm form;
    private final int channels;
    private final Scales scales;
    private final NetworkInfo info;
    private final int threads;
    private boolean closed;

    /**
     * A network.
     *
     * @param channels of a tile
     * @param scales what a tile is divided by
     * @param threads that an operation may use
     */
    TorchNetwork(InferenceForm form, int channels, Scales scales, NetworkInfo info, int threads) {
        this.form = form;
        this.channels = channels;
        this.scales = scales;
        this.info = info;
        this.threads = threads;
    }

    @Override
    public NetworkInfo info() {
        return info;
    }

    @Override
    public Batch predict(Batch tiles) {
        check(tiles);
        synchronized (ONE_AT_A_TIME) {
            if (closed) {
                throw new IllegalStateException("The network is closed.");
            }
            // OpenMP's setting belongs to the calling thread, so every caller needs it.
            torch.set_num_threads(threads);
            try (PointerScope scope = new PointerScope();
                    NoGradGuard guard = new NoGradGuard()) {
                return batch(form.predict(tensor(tiles)));
            } catch (RuntimeException | OutOfMemoryError e) {
                throw NativeErrors.translated(e, "a batch of shape " + Arrays.toString(tiles.shape()));
            }
        }
    }

    private void check(Batch tiles) {
        int[] shape = tiles.shape();
        if (shape.length != 2 + scales.axes() || shape[0] < 1) {
            throw new IllegalArgumentException("A batch needs the axes N, C, " + (scales.axes() == 3 ? "D, " : "")
                    + "H, W, not the shape " + Arrays.toString(shape) + ".");
        }
        if (shape[1] != channels) {
            throw new IllegalArgumentException("The model takes " + channels + " channels, but the tiles have "
                    + shape[1] + ". Choose its channels with 'channels', or another model.");
        }
        List<Integer> size = Arrays.stream(shape).skip(2).boxed().toList();
        if (!scales.divide(size)) {
            throw new IllegalArgumentException((scales.axes() == 3 ? "Depth, height" : "Height")
                    + " and width of a tile must be multiples of " + scales.patch() + ", not " + size + ".");
        }
        if (tiles.values().capacity() < tiles.count()) {
            throw new IllegalArgumentException("A batch of shape " + Arrays.toString(shape) + " needs " + tiles.count()
                    + " values, but its buffer holds " + tiles.values().capacity() + ".");
        }
    }

    /** A view of the batch's memory where that is native memory, otherwise a copy. */
    static Tensor tensor(Batch tiles) {
        long[] shape = Arrays.stream(tiles.shape()).asLongStream().toArray();
        FloatBuffer values = tiles.values().duplicate().rewind();
        if (values.isDirect()) {
            return torch.from_blob(new FloatPointer(values), shape);
        }
        float[] copy = new float[Math.toIntExact(tiles.count())];
        values.get(copy);
        return Tensor.create(copy, shape);
    }

    private static Batch batch(Tensor logits) {
        int[] shape =
                Arrays.stream(ShapeText.of(logits)).mapToInt(Math::toIntExact).toArray();
        Batch batch = Batch.allocate(shape);
        FloatBuffer values = logits.createBuffer();
        batch.values().duplicate().put(values);
        return batch;
    }

    @Override
    public void close() {
        synchronized (ONE_AT_A_TIME) {
            if (!closed) {
                closed = true;
                form.close();
                // hosts such as QuPath run for days: what was freed goes back to the computer
                Pointer.trimMemory();
            }
        }
    }
}
