package io.github.transfuse.torch.infer;

import io.github.transfuse.engine.LayerProfile;
import io.github.transfuse.torch.nn.TransFuseNetwork;
import java.util.Arrays;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** Measures the layers of the compiled form. */
public final class Profiler {

    private static final int WARM_UP = 3;

    /** Side of the matrices whose product tells the peak. */
    private static final int SIDE = 2048;

    private static final int PRODUCTS = 10;

    private Profiler() {}

    /**
     * Profiles predictions of one batch.
     *
     * @param images [B, C, H, W] float32
     * @param predictions that are averaged, after some that are not counted
     */
    public static LayerProfile profile(TransFuseNetwork network, ScalarType format, Tensor images, int predictions) {
        TimedKernels kernels = new TimedKernels(Kernels.fastest(format));
        try (CompiledForm form = CompiledForm.of(network, kernels, format)) {
            run(form, images, WARM_UP);
            kernels.restart();
            double ms = run(form, images, predictions);
            return new LayerProfile(kernels.layers(predictions), ms, peakGflops(format));
        }
    }

    private static double run(CompiledForm form, Tensor images, int predictions) {
        long start = System.nanoTime();
        for (int i = 0; i < predictions; i++) {
            try (PointerScope scope = new PointerScope();
                    NoGradGuard guard = new NoGradGuard()) {
                form.predict(images);
            }
        }
        return (System.nanoTime() - start) / 1e6 / predictions;
    }

    /** The best of several products: what the processor can do, not what it does beside other work. */
    private static double peakGflops(ScalarType format) {
        try (PointerScope scope = new PointerScope();
                NoGradGuard guard = new NoGradGuard()) {
            Tensor a = torch.rand(SIDE, SIDE).to(format);
            Tensor b = torch.rand(SIDE, SIDE).to(format);
            double[] seconds = new double[PRODUCTS];
            for (int i = 0; i < PRODUCTS; i++) {
                long start = System.nanoTime();
                a.matmul(b);
                seconds[i] = (System.nanoTime() - start) / 1e9;
            }
            return 2.0 * SIDE * SIDE * SIDE / Arrays.stream(seconds).min().orElseThrow() / 1e9;
        }
    }
}
