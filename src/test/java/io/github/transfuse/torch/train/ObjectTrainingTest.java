package io.github.transfuse.torch.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import io.github.transfuse.FakeNetworks;
import io.github.transfuse.TransFuse;
import io.github.transfuse.engine.Batch;
import io.github.transfuse.engine.Device;
import io.github.transfuse.engine.EpochReport;
import io.github.transfuse.engine.EpochReport.Scores;
import io.github.transfuse.engine.EpochTable;
import io.github.transfuse.engine.Network;
import io.github.transfuse.engine.NetworkInfo;
import io.github.transfuse.engine.ObjectScore;
import io.github.transfuse.engine.Precision;
import io.github.transfuse.evaluation.Evaluation;
import io.github.transfuse.evaluation.EvaluationListener;
import io.github.transfuse.evaluation.EvaluationReport;
import io.github.transfuse.evaluation.Measure;
import io.github.transfuse.model.InputSpec;
import io.github.transfuse.model.ModelFolder;
import io.github.transfuse.settings.Settings;
import io.github.transfuse.settings.Task;
import io.github.transfuse.torch.nn.StateDict;
import io.github.transfuse.torch.nn.TransFuseNetwork;
import io.github.transfuse.weights.Safetensors;
import io.github.transfuse.weights.StoredTensor;
import io.github.transfuse.weights.TensorStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Trainings of objects are judged by objects, with the figures of {@code transfuse evaluate}. */
class ObjectTrainingTest {
    private static final double EXACT = 1e-9;

    @TempDir
    private Path folder;

    private static JsonObject metrics(TinyTraining training) throws IOException {
        return ModelFolder.open(training.outputFolder()).spec().history().metrics();
    }

    /** Evaluates the finished model on the images that the training held back. */
    private EvaluationReport evaluate(TinyTraining training) throws IOException {
        for (String line : Files.readAllLines(training.outputFolder().resolve("data.csv"))) {
            String[] cells = line.split(",", -1);
            if (cells[1].equals("validation")) {
                copy("images", cells[2]);
                copy("masks", cells[4]);
            }
        }
        boolean ignored = training.plan().data().meaning().ignoreLabel().isPresent();
        Settings settings = Settings.parse(Task.EVALUATE, ignored ? "ignore_label=255" : "")
                .with("images", folder.resolve("judging/images").toString())
                .with("masks", folder.resolve("judging/masks").toString())
                .with("precision", "float32")
                .with("output", folder.resolve("out").toString());
        ModelFolder folderOfModel = ModelFolder.open(training.outputFolder());
        TransFuseNetwork network = new TransFuseNetwork(training.plan().spec().network(), 0);
        StateDict.load(network, folderOfModel.tensors(), "weights");
        try (TransFuse model = FakeNetworks.open(folderOfModel, options -> new Opened(network))) {
            return Evaluation.of(model, settings).run(EvaluationListener.NONE);
        }
    }

    /** The finished weights; widths as small as these are not of any variant that the engine knows. */
    private record Opened(TransFuseNetwork network) implements Network {
        @Override
        public NetworkInfo info() {
            return new NetworkInfo(Device.CPU, Precision.FLOAT32, List.of());
        }

        @Override
        public Batch predict(Batch tiles) {
            network.train(false);
            float[] values = new float[Math.toIntExact(tiles.count())];
            tiles.values().duplicate().get(values);
            try (PointerScope scope = new PointerScope();
                    NoGradGuard guard = new NoGradGuard()) {
                long[] shape = Arrays.stream(tiles.shape()).asLongStream().toArray();
                float[] logits = StateDict.floats(
                        network.forward(Tensor.create(values, shape)).map2());
                int[] size = tiles.shape().clone();
                size[1] = logits.length / (values.length / size[1]);
                Batch batch = Batch.allocate(size);
                batch.values().duplicate().put(logits);
                return batch;
            }
        }

        @Override
        public void close() {
            network.close();
        }
    }

    private void copy(String kind, String name) throws IOException {
        Path to = Files.createDirectories(folder.resolve("judging").resolve(kind));
        Files.copy(folder.resolve(kind).resolve(name), to.resolve(name));
    }

    private void requireSameFigures(TinyTraining training, int images, double rounding) throws IOException {
        JsonObject metrics = metrics(training);
        EvaluationReport report = evaluate(training);
        assertEquals(List.of(), report.failures());
        var f1 = report.summary("class1", Measure.OBJECT_F1);
        assertEquals(images, f1.n());
        assertTrue(f1.mean() > 0, "a figure that could differ: " + f1);
        assertEquals(f1.mean(), metrics.get(ObjectScore.NAME).getAsDouble(), rounding);
        assertEquals(ObjectScore.NAME, metrics.get("chosen_by").getAsString());
    }

    @ParameterizedTest
    @EnumSource(
            names = {"RESIZE", "TILE"},
            value = InputSpec.Rule.class)
    void theFigureIsThatOfEvaluatingTheSameImages(InputSpec.Rule rule) throws IOException {
        TinyTraining training = new TinyTraining(folder)
                .objects(6, rule == InputSpec.Rule.TILE ? 70 : 60)
                .rule(rule)
                .rate(1e-2)
                .plain()
                .batch(2)
                .epochs(30);
        TinyTraining.Watched watched = training.run();
        // squashed squares are hardly learned: the last bit of a logit can decide whether one of them is half right
        requireSameFigures(training, 3, rule == InputSpec.Rule.RESIZE ? 0.03 : EXACT);
        EpochReport best = watched.epochs().stream()
                .filter(report -> report.timing().best())
                .reduce((a, b) -> b)
                .orElseThrow();
        String shown = String.format(
                Locale.ROOT,
                "object F1@0.5 %.4f, MCC",
                best.validation().objects().orElseThrow().f1());
        assertTrue(best.toLine().contains(shown), best.toLine());
        assertEquals(bestOnAverage(watched.epochs(), 5), best.epoch());
        List<EpochReport> read = EpochTable.read(training.outputFolder().resolve(EpochTable.FILE), 30);
        assertEquals(
                best.validation().objects().get().f1(),
                read.get(best.epoch() - 1).validation().objects().orElseThrow().f1(),
                1e-6);
        assertTrue(Files.readString(training.outputFolder().resolve(ModelFolder.CARD))
                .contains("- chosen_by: " + ObjectScore.NAME));
    }

    /** The epoch with the greatest running mean of the scores. */
    private static int bestOnAverage(List<EpochReport> reports, double memory) {
        double mean = Double.NaN;
        double greatest = Double.NEGATIVE_INFINITY;
        int best = 0;
        for (EpochReport report : reports) {
            double score = report.validation().deciding();
            boolean first = Double.isNaN(mean) || mean < 0 != score < 0;
            mean = first ? score : mean + (score - mean) / memory;
            if (mean > greatest) {
                greatest = mean;
                best = report.epoch();
            }
        }
        return best;
    }

    /** Objects reach through the slices there: judged slice by slice, the figure would be another. */
    @Test
    void objectsOfStacksReachThroughTheirSlices() throws IOException {
        TinyTraining training = new TinyTraining(folder)
                .objectsOfStacks(5)
                .rate(1e-2)
                .plain()
                .batch(8)
                .epochs(24);
        training.run();
        requireSameFigures(training, 3, EXACT);
    }

    /** A checkpoint of before there were figures of objects. */
    @Test
    void aTrainingThatPixelsChoseIsResumedAndJudgedAnew() throws IOException {
        TinyTraining training = new TinyTraining(folder)
                .objects(6, 60)
                .rate(1e-2)
                .plain()
                .batch(2)
                .epochs(26);
        TinyTraining.Watched first = training.run(24);
        Path file = training.outputFolder().resolve(RunFolder.CHECKPOINT);
        TensorStore store = Safetensors.open(file);
        Map<String, String> metadata = new TreeMap<>(store.metadata());
        int chosen = Integer.parseInt(metadata.get("best_epoch"));
        Scores then = first.epochs().get(chosen - 1).validation();
        assertEquals(ObjectScore.NAME, metadata.remove("chosen_by"));
        // a correlation that no F1 of this training reaches
        metadata.put("best_score", "0.99999");
        Path old = folder.resolve("old.safetensors");
        List<StoredTensor> tensors = new ArrayList<>();
        for (String name : store.names()) {
            tensors.add(store.get(name));
        }
        Safetensors.write(old, tensors, metadata);
        Files.move(old, file, StandardCopyOption.REPLACE_EXISTING);

        TinyTraining.Watched rest = training.resume(true).run();
        String told = rest.notes().stream()
                .filter(note -> note.startsWith("So far the best epoch was not chosen by object F1@0.5"))
                .findFirst()
                .orElseThrow();
        double f1 = then.objects().orElseThrow().f1();
        assertTrue(told.contains(String.format(Locale.ROOT, "object F1@0.5 %.4f", f1)), told + f1);
        assertEquals(2, rest.epochs().size());
        TinyTraining whole = new TinyTraining(folder)
                .objects(6, 60)
                .rate(1e-2)
                .plain()
                .batch(2)
                .epochs(26)
                .output("whole");
        List<EpochReport> all = whole.run().epochs();
        Selection expected = Selection.of(then, chosen);
        for (EpochReport report : rest.epochs()) {
            assertEquals(
                    all.get(report.epoch() - 1).validation().deciding(),
                    report.validation().deciding());
            expected = expected.after(report, Selection.memory(3, 26));
        }
        assertEquals(expected.epoch(), metrics(training).get("best_epoch").getAsInt());
        assertFalse(training.resume(true).run().notes().contains(told), "said once");
        assertEquals(24, first.epochs().size());
    }

    @Test
    void whereClassesAreLearnedNothingIsSaidOfObjects() throws IOException {
        TinyTraining training = new TinyTraining(folder).pictures(3).epochs(1);
        TinyTraining.Watched watched = training.run();
        assertFalse(watched.epochs().get(0).toLine().contains("object"), watched.epochs()::toString);
        assertFalse(metrics(training).has(ObjectScore.NAME));
        assertEquals("MCC", metrics(training).get("chosen_by").getAsString());
    }
}
