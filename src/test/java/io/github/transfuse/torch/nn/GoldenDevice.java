package io.github.transfuse.torch.nn;

import org.bytedeco.pytorch.Device;

/** Where the golden numbers are computed: {@code -Dtransfuse.fixtures.device=cuda:0}, else on the processor. */
public final class GoldenDevice {

    private GoldenDevice() {}

    /** As libtorch names it. */
    public static Device device() {
        return new Device(System.getProperty("transfuse.fixtures.device", "cpu"));
    }
}
