package io.github.transfuse.torch;

import io.github.transfuse.engine.Batch;
import io.github.transfuse.engine.Device;
import io.github.transfuse.engine.DeviceInfo;
import io.github.transfuse.engine.Engine;
import io.github.transfuse.engine.EngineInfo;
import io.github.transfuse.engine.EngineOutOfMemoryException;
import io.github.transfuse.engine.EngineUnavailableException;
import io.github.transfuse.engine.LayerProfile;
import io.github.transfuse.engine.Network;
import io.github.transfuse.engine.NetworkInfo;
import io.github.transfuse.engine.NetworkOptions;
import io.github.transfuse.engine.Precision;
import io.github.transfuse.engine.TrainingPlan;
import io.github.transfuse.engine.TrainingRun;
import io.github.transfuse.engine.WatchedNetwork;
import io.github.transfuse.model.ActivationRanges;
import io.github.transfuse.model.ModelFolder;
import io.github.transfuse.network.NetworkSpec;
import io.github.transfuse.network.Scales;
import io.github.transfuse.torch.infer.CompiledForm;
import io.github.transfuse.torch.infer.FormatSpeed;
import io.github.transfuse.torch.infer.InferenceForm;
import io.github.transfuse.torch.infer.PlainForm;
import io.github.transfuse.torch.infer.Profiler;
import io.github.transfuse.torch.infer.ScriptForm;
import io.github.transfuse.torch.infer.WatchedForm;
import io.github.transfuse.torch.nn.OutOfMemory;
import io.github.transfuse.torch.nn.StateDict;
import io.github.transfuse.torch.nn.TransFuseNetwork;
import io.github.transfuse.torch.train.Trainings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** The engine on JavaCPP PyTorch; {@code EngineLoader} finds it by name. */
public final class TorchEngine implements Engine {

    private final Devices devices;

    /**
     * Loads libtorch.
     *
     * @throws EngineUnavailableException if it cannot be loaded on this computer or into this process
     */
    public TorchEngine() {
        NativeLibraries.load();
        devices = Devices.detect();
    }

    @Override
    public EngineInfo info() {
        return new EngineInfo(
                version("pytorch").replaceFirst("-.*", ""), version("javacpp"), Loader.getPlatform(), Cores.count());
    }

    private static String version(String artifact) {
        try {
            return Optional.ofNullable(Loader.getVersion("org.bytedeco", artifact))
                    .orElse("unknown");
        } catch (IOException e) {
            return "unknown";
        }
    }

    @Override
    public List<DeviceInfo> devices() {
        return devices.tried(FormatSpeed::bf16);
    }

    @Override
    public Network open(ModelFolder model, NetworkOptions options) throws IOException {
        DeviceInfo device = devices.resolve(options.device());
        PrecisionChoice choice = options.plain()
                ? new PrecisionChoice(Precision.FLOAT32, "float32, the network as trained.")
                : PrecisionChoice.forInference(
                        options.precision(), device, model.spec().history().checks(), PrecisionChoice.Trials.HERE);
        int threads = threads(options);
        torch.set_num_threads(threads);
        try (PointerScope scope = new PointerScope()) {
            InferenceForm form = form(model, device.device(), choice.precision(), options.plain());
            NetworkSpec spec = model.spec().network();
            return new TorchNetwork(
                    form, spec.channels(), spec.variant().scales(), info(options, device, choice), threads);
        } catch (RuntimeException e) {
            throw OutOfMemory.isBehind(e)
                    ? new EngineOutOfMemoryException(
                            "The model does not fit into the memory of " + device.device() + ": "
                                    + NativeErrors.firstLine(e)
                                    + " Close other programs that use it, or choose another device.",
                            e)
                    : e;
        }
    }

    private static TransFuseNetwork load(ModelFolder model) throws IOException {
        TransFuseNetwork network = new TransFuseNetwork(model.spec().network(), 0);
        try {
            StateDict.load(network, model.tensors(), model.weights().toString());
        } catch (IOException e) {
            network.close();
            throw e;
        }
        return network;
    }

    private static InferenceForm form(ModelFolder model, Device device, Precision precision, boolean plain)
            throws IOException {
        TransFuseNetwork network = load(model);
        boolean volumes = network.spec().variant().scales().axes() == 3;
        boolean processor = device.kind() == Device.Kind.CPU;
        if (plain ? !processor : volumes) {
            return PlainForm.on(Devices.ofLibtorch(device), format(precision), network);
        } else if (plain && processor) {
            return PlainForm.reference(network);
        }
        try (network) {
            if (precision == Precision.INT8) {
                return CompiledForm.int8(
                        network,
                        ActivationRanges.of(model.spec().history().checks()).orElseThrow());
            }
            return processor
                    ? CompiledForm.of(network, format(precision))
                    : CompiledForm.on(Devices.ofLibtorch(device), network, format(precision));
        }
    }

    private static ScalarType format(Precision precision) {
        return switch (precision) {
            case BF16 -> ScalarType.BFloat16;
            case FP16 -> ScalarType.Half;
            case AUTO, FLOAT32, INT8 -> ScalarType.Float;
        };
    }

    @Override
    public WatchedNetwork watch(ModelFolder model, int threads) throws IOException {
        NetworkSpec spec = model.spec().network();
        if (spec.variant().scales().axes() == 3) {
            throw new IllegalArgumentException("int8 is for networks of planes, not for those of volumes.");
        }
        if (FormatSpeed.int8().ratio() == 0) {
            throw new IllegalArgumentException(
                    "int8 is not possible here: " + FormatSpeed.int8().finding() + ".");
        }
        NetworkOptions options = new NetworkOptions(Device.CPU, Precision.FLOAT32, threads, false);
        torch.set_num_threads(threads(options));
        try (PointerScope scope = new PointerScope();
                TransFuseNetwork network = load(model)) {
            WatchedForm form = new WatchedForm(network);
            NetworkInfo info = new NetworkInfo(Device.CPU, Precision.FLOAT32, List.of());
            return new TorchWatchedNetwork(
                    new TorchNetwork(form, spec.channels(), Scales.PLANE, info, threads(options)), form);
        }
    }

    @Override
    public Network openScript(Path script, int channels, int threads) throws IOException {
        NetworkOptions options = new NetworkOptions(Device.CPU, Precision.FLOAT32, threads, true);
        NetworkInfo info = new NetworkInfo(Device.CPU, Precision.FLOAT32, List.of("A TorchScript file, as it is."));
        torch.set_num_threads(threads(options));
        try (PointerScope scope = new PointerScope()) {
            return new TorchNetwork(new ScriptForm(script.toString()), channels, Scales.PLANE, info, threads(options));
        } catch (RuntimeException e) {
            throw new IOException(
                    script + " is not a TorchScript file that can be opened: "
                            + NativeErrors.translated(e, "it").getMessage()
                            + " Save one with torch.jit.save.",
                    e);
        }
    }

    @Override
    public LayerProfile profile(ModelFolder model, NetworkOptions options, Batch images, int predictions)
            throws IOException {
        torch.set_num_threads(threads(options));
        try (PointerScope scope = new PointerScope();
                TransFuseNetwork network = load(model)) {
            Tensor tensor = TorchNetwork.tensor(images);
            return Profiler.profile(network, format(options.precision()), tensor, predictions);
        }
    }

    @Override
    public TrainingRun train(TrainingPlan plan) throws IOException {
        NetworkOptions options = plan.execution().options();
        DeviceInfo device = devices.resolve(options.device());
        PrecisionChoice choice = PrecisionChoice.forTraining(options.precision(), device, FormatSpeed::bf16);
        torch.set_num_threads(threads(options));
        return Trainings.prepare(plan, info(options, device, choice));
    }

    private static int threads(NetworkOptions options) {
        return options.threads() > 0 ? options.threads() : Cores.count();
    }

    private static NetworkInfo info(NetworkOptions options, DeviceInfo device, PrecisionChoice choice) {
        String where = options.device().kind() == Device.Kind.AUTO
                ? "Device " + device.device() + " (" + device.name() + "), the best that works."
                : "Device " + device.device() + " (" + device.name() + "), as asked.";
        return new NetworkInfo(device.device(), choice.precision(), List.of(where, "Precision " + choice.note()));
    }
}
