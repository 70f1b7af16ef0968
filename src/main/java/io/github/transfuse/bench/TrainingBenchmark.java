package io.github.transfuse.bench;

import io.github.transfuse.engine.EngineLoader;
import io.github.transfuse.engine.NetworkOptions;
import io.github.transfuse.engine.Precision;
import io.github.transfuse.engine.TrainingListener;
import io.github.transfuse.engine.TrainingPlan;
import io.github.transfuse.engine.TrainingRun;
import io.github.transfuse.files.Pictures;
import io.github.transfuse.files.TemporaryFolder;
import io.github.transfuse.files.WholeFile;
import io.github.transfuse.network.Variant;
import io.github.transfuse.settings.Keys;
import io.github.transfuse.settings.Settings;
import io.github.transfuse.settings.Task;
import io.github.transfuse.training.TrainingPlanner;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;

/**
 * Measures how fast networks learn on this computer. The baseline is the loop that one would write first: float32, channels
 * first. Steps are the user's own, with augmentation and the optimiser; forms take turns, so that a busy machine disturbs
 * all alike.
 *
 * @param variant which network
 * @param height of the examples, a multiple of 16
 * @param width of the examples, a multiple of 16
 * @param load examples per step, threads, and turns of each form, of {@value #STEPS} timed steps each
 */
public record TrainingBenchmark(Variant variant, int height, int width, Benchmark.Load load) {

    private static final int STEPS = 3;

    /** The first steps of a run wait for examples and allocate memory. */
    private static final int WARM_UP = 2;

    private record Form(String name, NetworkOptions options) {}

    /**
     * What was measured of one form.
     *
     * @param precision {@link Benchmark#BASELINE}, or the number format
     * @param ms median milliseconds of a step
     * @param ratio how many times faster than the baseline: median over rounds
     */
    public record Row(String precision, double ms, double ratio) {}

    /**
     * Measures; the baseline is the first row.
     *
     * @throws IOException if the folder of temporary files cannot be written
     */
    public List<Row> run() throws IOException {
        try (TemporaryFolder folder = TemporaryFolder.make()) {
            writeExamples(folder.path());
            List<Form> forms = forms();
            double[][] times = new double[forms.size()][load.rounds()];
            for (int round = 0; round < load.rounds(); round++) {
                for (int i = 0; i < forms.size(); i++) {
                    times[i][round] = milliseconds(folder.path(), forms.get(i));
                }
            }
            return rows(forms, times);
        }
    }

    private static List<Row> rows(List<Form> forms, double[][] times) {
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < forms.size(); i++) {
            rows.add(new Row(
                    forms.get(i).name(), Benchmark.median(times[i]), Benchmark.medianRatio(times[0], times[i])));
        }
        return rows;
    }

    private List<Form> forms() {
        List<Form> forms = new ArrayList<>();
        forms.add(new Form(
                Benchmark.BASELINE, new NetworkOptions(load.device(), Precision.FLOAT32, load.threads(), true)));
        forms.add(new Form("float32", new NetworkOptions(load.device(), Precision.FLOAT32, load.threads(), false)));
        if (Benchmark.hasBf16(EngineLoader.engine(), load.device())) {
            forms.add(new Form("bf16", new NetworkOptions(load.device(), Precision.BF16, load.threads(), false)));
        }
        return forms;
    }

    /** Median milliseconds of a step. */
    private double milliseconds(Path folder, Form form) throws IOException {
        TrainingPlan plan = TrainingPlanner.plan(Settings.parse(Task.TRAIN, "")
                .with(Keys.IMAGES, folder.resolve("images").toString())
                .with(Keys.MASKS, folder.resolve("masks").toString())
                .with(Keys.VALIDATION, folder.resolve("validation.txt").toString())
                .with(Keys.OUTPUT, folder.resolve("model"))
                .with(Keys.VARIANT, variant.name())
                .with(Keys.INPUT_RULE, "resize")
                .with(Keys.INPUT_SIZE, new int[] {width, height})
                .with(Keys.BATCH_SIZE, load.batch())
                .with(Keys.EPOCHS, 1));
        TrainingPlan.Execution all = plan.execution();
        TrainingPlan.Execution execution = new TrainingPlan.Execution(
                form.options(), all.augmentations(), all.dropout(), all.averaging(), all.output());
        StepTimes times = new StepTimes();
        try (TrainingRun run = EngineLoader.engine()
                .train(new TrainingPlan(plan.spec(), plan.data(), plan.schedule(), plan.start(), execution))) {
            run.run(times);
        } catch (CancellationException e) {
            return times.median();
        }
        throw new IllegalStateException("the training went on after it was asked to stop");
    }

    /** Times steps and stops after some. */
    private static final class StepTimes implements TrainingListener {
        private final List<Long> ends = new ArrayList<>();

        @Override
        public void step(int epoch, int step, int steps, double loss) {
            ends.add(System.nanoTime());
        }

        @Override
        public Request request() {
            return ends.size() == WARM_UP + STEPS ? Request.STOP : Request.CONTINUE;
        }

        double median() {
            double[] times = new double[STEPS];
            for (int i = 0; i < STEPS; i++) {
                times[i] = (ends.get(WARM_UP + i) - ends.get(WARM_UP + i - 1)) / 1e6;
            }
            return Benchmark.median(times);
        }
    }

    private void writeExamples(Path folder) throws IOException {
        Files.createDirectories(folder.resolve("images"));
        Files.createDirectories(folder.resolve("masks"));
        WholeFile.write(folder.resolve("validation.txt"), "0");
        Random random = new Random(3);
        for (int n = 0; n <= load.batch() * (WARM_UP + STEPS + 1); n++) {
            BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
            BufferedImage mask = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
            for (int i = 0; i < width * height; i++) {
                image.setRGB(i % width, i / width, random.nextInt(1 << 24));
                mask.getRaster().setSample(i % width, i / width, 0, i % width < width / 2 ? 255 : 0);
            }
            write(image, folder.resolve("images/" + n + ".png"));
            write(mask, folder.resolve("masks/" + n + ".png"));
        }
    }

    private static void write(BufferedImage picture, Path file) throws IOException {
        WholeFile.write(file, out -> Pictures.writePng(picture, out));
    }
}
