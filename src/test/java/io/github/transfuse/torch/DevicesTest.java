package io.github.transfuse.torch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import io.github.transfuse.engine.Device;
import io.github.transfuse.engine.DeviceInfo;
import io.github.transfuse.torch.infer.FormatSpeed.Trial;
import java.util.List;
import org.junit.jupiter.api.Test;

class DevicesTest {

    private static final DeviceInfo GPU = new DeviceInfo(Device.of("cuda:0"), true, "GPU", "", true);

    @Test
    void aProcessorIsSaidToHaveBf16OnlyIfItGainsByIt() {
        DeviceInfo processor = new DeviceInfo(Device.CPU, true, "new", "", true);
        Devices devices = new Devices(List.of(GPU, processor));
        assertEquals(
                List.of(GPU, new DeviceInfo(Device.CPU, true, "new", "bf16 is used: fast", true)),
                devices.tried(() -> new Trial(2, "fast")));
        assertEquals(
                List.of(GPU, new DeviceInfo(Device.CPU, true, "new", "bf16 is not used: slow", false)),
                devices.tried(() -> new Trial(0.5, "slow")));
    }

    @Test
    void whatHasNoBf16IsNotTried() {
        DeviceInfo processor = new DeviceInfo(Device.CPU, true, "old", "no bf16 in hardware", false);
        assertEquals(
                List.of(GPU, processor),
                new Devices(List.of(GPU, processor)).tried(() -> fail("nothing is to be tried")));
    }
}
