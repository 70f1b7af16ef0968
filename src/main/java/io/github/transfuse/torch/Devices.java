package io.github.transfuse.torch;

import io.github.transfuse.engine.Device;
import io.github.transfuse.engine.Device.Kind;
import io.github.transfuse.engine.DeviceInfo;
import io.github.transfuse.engine.DeviceUnavailableException;
import io.github.transfuse.torch.infer.FormatSpeed.Trial;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * The devices of this computer, in order of preference.
 *
 * @param all usable or not, the best first; a processor's bf16 is what its instruction sets promise, not yet tried
 */
record Devices(List<DeviceInfo> all) {

    Devices {
        all = List.copyOf(all);
    }

    /** Asks libtorch; a device is usable if a small computation on it is right. */
    static Devices detect() {
        List<DeviceInfo> found = new ArrayList<>(cuda());
        found.add(mps());
        Processor processor = Processor.detect();
        found.add(new DeviceInfo(Device.CPU, true, processor.name(), "no bf16 in hardware", processor.nativeBf16()));
        return new Devices(found);
    }

    /** All of them; of a processor that may have bf16 in hardware it is tried whether it gains by it. */
    List<DeviceInfo> tried(Supplier<Trial> trial) {
        return all.stream()
                .map(info -> info.device().equals(Device.CPU) && info.nativeBf16() ? tried(info, trial.get()) : info)
                .toList();
    }

    private static DeviceInfo tried(DeviceInfo processor, Trial trial) {
        String reason = (trial.faster() ? "bf16 is used: " : "bf16 is not used: ") + trial.finding();
        return new DeviceInfo(processor.device(), true, processor.name(), reason, trial.faster());
    }

    private static List<DeviceInfo> cuda() {
        if (!torch.hasCUDA()) {
            String reason = cudaBuild()
                    ? "PyTorch for GPUs is here, but no GPU answers: 'transfuse engine status --gpu', or TransFuse Engine..."
                            + " in the menu, tells why"
                    : "PyTorch for the processor is in use: 'transfuse engine status --gpu', or TransFuse Engine... in"
                            + " the menu, tells what GPUs need";
            return List.of(new DeviceInfo(new Device(Kind.CUDA, 0), false, "NVIDIA GPU", reason, false));
        }
        // libtorch rounds the factors of convolutions to 10 bits unless told: float32 then is not what it says
        torch.globalContext().setAllowTF32CuDNN(false);
        torch.globalContext().setAllowTF32CuBLAS(false);
        List<DeviceInfo> found = new ArrayList<>();
        for (int i = 0; i < torch.cuda_device_count(); i++) {
            found.add(probed(new Device(Kind.CUDA, i), "NVIDIA GPU " + i));
        }
        return found;
    }

    private static boolean cudaBuild() {
        return torch.class.getResource("/org/bytedeco/pytorch/" + Loader.getPlatform() + "-gpu/") != null;
    }

    private static DeviceInfo mps() {
        Device device = new Device(Kind.MPS, 0);
        return torch.hasMPS()
                ? probed(device, "Apple GPU")
                : new DeviceInfo(device, false, "Apple GPU", "there is none, or libtorch was built without it", false);
    }

    private static DeviceInfo probed(Device device, String name) {
        try (PointerScope scope = new PointerScope()) {
            Tensor ones = torch.ones(2, 2).to(ofLibtorch(device), torch.ScalarType.Float);
            boolean right = ones.matmul(ones).sum().item().toDouble() == 8;
            String reason = right ? "" : "a test computation came out wrong";
            return new DeviceInfo(device, right, name, reason, right && device.kind() == Kind.CUDA);
        } catch (RuntimeException e) {
            return new DeviceInfo(
                    device, false, name, "a test computation failed: " + NativeErrors.firstLine(e), false);
        }
    }

    /**
     * The device to use.
     *
     * @param asked AUTO for the best that works
     * @throws DeviceUnavailableException if a device asked for by name cannot be used
     */
    DeviceInfo resolve(Device asked) {
        if (asked.kind() == Kind.AUTO) {
            return all.stream().filter(DeviceInfo::available).findFirst().orElseThrow();
        }
        DeviceInfo found = all.stream()
                .filter(info -> info.device().equals(asked))
                .findFirst()
                .orElseThrow(() -> new DeviceUnavailableException("There is no device " + asked + ". " + usable()));
        if (!found.available()) {
            throw new DeviceUnavailableException(
                    "Device " + asked + " cannot be used: " + found.reason() + ". " + usable());
        }
        return found;
    }

    private String usable() {
        return "Usable here: auto, "
                + all.stream()
                        .filter(DeviceInfo::available)
                        .map(info -> info.device().toString())
                        .collect(Collectors.joining(", "))
                + ".";
    }

    /** As libtorch names it. */
    static org.bytedeco.pytorch.Device ofLibtorch(Device device) {
        return new org.bytedeco.pytorch.Device(device.toString());
    }
}
