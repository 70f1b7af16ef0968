package io.github.transfuse.bench;

import com.google.gson.JsonObject;
import io.github.transfuse.engine.Batch;
import io.github.transfuse.engine.Device;
import io.github.transfuse.engine.DeviceInfo;
import io.github.transfuse.engine.Engine;
import io.github.transfuse.engine.EngineLoader;
import io.github.transfuse.engine.LayerProfile;
import io.github.transfuse.engine.Network;
import io.github.transfuse.engine.NetworkOptions;
import io.github.transfuse.engine.Precision;
import io.github.transfuse.engine.WatchedNetwork;
import io.github.transfuse.files.TemporaryFolder;
import io.github.transfuse.model.ModelFolder;
import io.github.transfuse.network.Variant;
import io.github.transfuse.segmentation.NetworkHolder;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Random;

/**
 * Measures how fast networks predict. The baseline is the network as trained (float32, nothing folded or fused); the
 * forms that users get are timed beside it, in turn, so that a busy machine disturbs all alike.
 *
 * @param variant which network, with random weights
 * @param height of the images, a multiple of 16
 * @param width of the images, a multiple of 16
 * @param load how much at a time, and how often
 * @param script a TorchScript file to time beside
 */
public record Benchmark(Variant variant, int height, int width, Load load, Optional<Path> script) {

    /** What the baseline is called in {@link Row#precision}. */
    public static final String BASELINE = "float32 eager";

    private static final String SCRIPT = "TorchScript";

    private static final int WARM_UP = 2;
    private static final int CHANNELS = 3;

    /** Checks the numbers. */
    public Benchmark {
        int patch = Variant.patch();
        if (height < patch || width < patch || height % patch != 0 || width % patch != 0) {
            throw new IllegalArgumentException(
                    "A size is HEIGHTxWIDTH in multiples of " + patch + ", not " + height + "x" + width + ".");
        }
    }

    /**
     * How the forms are run.
     *
     * @param device where to compute
     * @param batch images per call
     * @param threads an operation may use; 0: as many as there are cores
     * @param rounds timed calls of each form
     */
    public record Load(Device device, int batch, int threads, int rounds) {
        /** Checks the numbers. */
        public Load {
            if (batch < 1 || rounds < 1 || threads < 0) {
                throw new IllegalArgumentException("Batch size and rounds are at least 1, threads at least 0.");
            }
        }
    }

    /**
     * What was measured of one form.
     *
     * @param device where it computed
     * @param precision {@link #BASELINE}, or the number format of a compiled form
     * @param ms median milliseconds per image
     * @param ratio how many times faster than the baseline: median over rounds
     * @param peakBytes peak resident memory while this form alone predicted; empty where unknown
     * @param maxDifference largest absolute difference of a logit from the baseline's; empty for a TorchScript file,
     *     whose weights are others
     */
    public record Row(
            String device,
            String precision,
            double ms,
            double ratio,
            OptionalLong peakBytes,
            OptionalDouble maxDifference) {
        /** Images per second. */
        public double imagesPerSecond() {
            return 1000 / ms;
        }
    }

    /** A way to compute, and how it is opened. */
    private record Form(String name, NetworkHolder.Opener opener, NetworkOptions options) {
        Network open() throws IOException {
            return opener.open(options);
        }
    }

    private record Looked(float[] logits, OptionalLong peakBytes) {}

    /**
     * Measures; the baseline is the first row.
     *
     * @throws IOException if the model cannot be written to the folder of temporary files
     */
    public List<Row> run() throws IOException {
        try (TemporaryFolder folder = TemporaryFolder.make()) {
            return run(EngineLoader.engine(), BenchmarkModel.write(folder.path(), variant, height, width));
        }
    }

    private List<Row> run(Engine engine, ModelFolder model) throws IOException {
        Batch images = images();
        List<Form> forms = forms(engine, model);
        List<Looked> looked = new ArrayList<>();
        for (Form form : forms) {
            looked.add(look(form, images));
        }
        double[][] times = times(forms, images);
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < forms.size(); i++) {
            rows.add(new Row(
                    load.device().toString(),
                    forms.get(i).name(),
                    median(times[i]) / load.batch(),
                    medianRatio(times[0], times[i]),
                    looked.get(i).peakBytes(),
                    forms.get(i).name().equals(SCRIPT)
                            ? OptionalDouble.empty()
                            : OptionalDouble.of(largestDifference(
                                    looked.get(0).logits(), looked.get(i).logits()))));
        }
        return rows;
    }

    private List<Form> forms(Engine engine, ModelFolder plain) throws IOException {
        Optional<ModelFolder> calibrated = calibrated(engine, plain);
        ModelFolder model = calibrated.orElse(plain);
        NetworkHolder.Opener open = options -> engine.open(model, options);
        List<Form> forms = new ArrayList<>();
        forms.add(new Form(BASELINE, open, new NetworkOptions(load.device(), Precision.FLOAT32, load.threads(), true)));
        forms.add(compiled(open, Precision.FLOAT32));
        if (hasBf16(engine, load.device())) {
            forms.add(compiled(open, Precision.BF16));
        }
        if (calibrated.isPresent()) {
            forms.add(compiled(open, Precision.INT8));
        }
        script.ifPresent(file -> forms.add(new Form(
                SCRIPT,
                options -> engine.openScript(file, CHANNELS, options.threads()),
                new NetworkOptions(Device.CPU, Precision.FLOAT32, load.threads(), true))));
        return forms;
    }

    /**
     * Tells where the time of one form goes.
     *
     * @param precision auto, float32 or bf16; auto: bf16 where it is faster
     * @throws IOException if the model cannot be written to the folder of temporary files
     */
    public LayerProfile profile(String precision) throws IOException {
        Engine engine = EngineLoader.engine();
        Precision asked = Precision.of(precision);
        if (asked == Precision.INT8 || asked == Precision.FP16) {
            throw new IllegalArgumentException("Layers are shown in float32 or bf16, not in " + asked + ".");
        }
        boolean bf16 = asked == Precision.BF16 || (asked == Precision.AUTO && hasBf16(engine, Device.CPU));
        NetworkOptions options =
                new NetworkOptions(Device.CPU, bf16 ? Precision.BF16 : Precision.FLOAT32, load.threads(), false);
        try (TemporaryFolder folder = TemporaryFolder.make()) {
            ModelFolder model = BenchmarkModel.write(folder.path(), variant, height, width);
            return engine.profile(model, options, images(), load.rounds());
        }
    }

    /** Whether the device has bf16 in hardware. */
    static boolean hasBf16(Engine engine, Device device) {
        return engine.devices().stream().anyMatch(info -> info.device().equals(device) && info.nativeBf16());
    }

    /**
     * On the very images that are timed: the weights are random, so nothing else is known of them. Empty where int8 is not
     * possible.
     */
    private Optional<ModelFolder> calibrated(Engine engine, ModelFolder model) throws IOException {
        if (load.device().kind() != Device.Kind.CPU) {
            return Optional.empty();
        }
        JsonObject checks = new JsonObject();
        try (WatchedNetwork network = engine.watch(model, load.threads())) {
            network.predict(images());
            network.ranges().writeTo(checks);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        return Optional.of(model.recorded(checks));
    }

    private Form compiled(NetworkHolder.Opener open, Precision precision) {
        return new Form(
                precision.toString(), open, new NetworkOptions(load.device(), precision, load.threads(), false));
    }

    /** One form alone: what it computes and the memory it needs. */
    private static Looked look(Form form, Batch images) throws IOException {
        PeakMemory.reset();
        try (Network network = form.open()) {
            FloatBuffer logits = network.predict(images).values().duplicate().rewind();
            float[] values = new float[logits.remaining()];
            logits.get(values);
            return new Looked(values, PeakMemory.bytes());
        }
    }

    /** Milliseconds of every form and round, the forms in turn. */
    private double[][] times(List<Form> forms, Batch images) throws IOException {
        List<Network> networks = new ArrayList<>();
        try {
            for (Form form : forms) {
                networks.add(form.open());
            }
            double[][] times = new double[forms.size()][load.rounds()];
            for (int round = -WARM_UP; round < load.rounds(); round++) {
                for (int i = 0; i < networks.size(); i++) {
                    long start = System.nanoTime();
                    networks.get(i).predict(images);
                    times[i][Math.max(0, round)] = (System.nanoTime() - start) / 1e6;
                }
            }
            return times;
        } finally {
            networks.forEach(Network::close);
        }
    }

    private Batch images() {
        Batch images = Batch.allocate(load.batch(), CHANNELS, height, width);
        Random random = new Random(2);
        FloatBuffer values = images.values().duplicate();
        while (values.hasRemaining()) {
            values.put((float) random.nextGaussian());
        }
        return images;
    }

    /** The processor's name, for the record. */
    public static String processor() {
        return EngineLoader.engine().devices().stream()
                .filter(info -> info.device().equals(Device.CPU))
                .map(DeviceInfo::name)
                .findFirst()
                .orElse("");
    }

    /** How many times faster than the baseline, of the rounds in which both were timed. */
    static double medianRatio(double[] baseline, double[] times) {
        double[] ratios = new double[times.length];
        Arrays.setAll(ratios, round -> baseline[round] / times[round]);
        return median(ratios);
    }

    static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    private static double largestDifference(float[] expected, float[] actual) {
        double largest = expected.length == actual.length ? 0 : Double.POSITIVE_INFINITY;
        for (int i = 0; i < Math.min(expected.length, actual.length); i++) {
            largest = Math.max(largest, Math.abs((double) expected[i] - actual[i]));
        }
        return largest;
    }
}
