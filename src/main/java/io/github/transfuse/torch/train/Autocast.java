package io.github.transfuse.torch.train;

import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.DeviceType;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** Mixed precision on this thread while open: matrix products and convolutions in a short format, the rest as it is. */
final class Autocast implements AutoCloseable {

    private final DeviceType device;
    private final boolean before;

    private Autocast(DeviceType device, boolean on, ScalarType format) {
        this.device = device;
        before = torch.is_autocast_enabled(device);
        torch.set_autocast_dtype(device, format);
        torch.set_autocast_enabled(device, on);
    }

    /** Computes in bf16 on the device while open, or leaves everything in float32. */
    static Autocast bf16(DeviceType device, boolean on) {
        return new Autocast(device, on, ScalarType.BFloat16);
    }

    @Override
    public void close() {
        torch.set_autocast_enabled(device, before);
        torch.clear_cache();
    }
}
