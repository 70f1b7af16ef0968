import com.sun.management.OperatingSystemMXBean;
import io.github.transfuse.TransFuse;
import io.github.transfuse.engine.EpochReport;
import io.github.transfuse.engine.TrainingListener;
import io.github.transfuse.evaluation.Evaluation;
import io.github.transfuse.evaluation.EvaluationListener;
import io.github.transfuse.evaluation.EvaluationReport;
import io.github.transfuse.evaluation.Measure;
import io.github.transfuse.metrics.Overlap;
import io.github.transfuse.settings.Settings;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import javax.imageio.ImageIO;

/**
 * What a first model is worth: ten images, the defaults, some CPU-minutes, and one start or another. Prints a line of the
 * table in docs/few-shot.md for each task and start, and appends it to {@code OUT/few-shot.tsv}; a line that is there is
 * not measured again.
 *
 * <pre>
 * java -cp "target/transfuse/lib/*" src/bench/FewShot.java OUT CPU_SECONDS random,auto,nuclei DATA/fewshot/busi DATA/kvasir_seg
 * </pre>
 *
 * A task is a folder with {@code images} and {@code masks}. Its files sorted by name, ten in even steps are learned from
 * (the training holds some of them back), and of the others at most twenty in even steps are the test. The training is
 * stopped when the process has used its CPU time since the start of the training, and keeps its best epoch.
 */
public final class FewShot {
    private static final int LEARNED = 10;
    private static final int TESTED = 20;

    /** More than the CPU time allows, so that this ends the training. */
    private static final int EPOCHS = 200;

    private FewShot() {}

    public static void main(String[] arguments) throws IOException {
        Path out = Files.createDirectories(Path.of(arguments[0]));
        double seconds = Double.parseDouble(arguments[1]);
        for (String task : List.of(arguments).subList(3, arguments.length)) {
            for (String start : arguments[2].split(",")) {
                measure(out, Path.of(task), start, seconds);
            }
        }
    }

    private static void measure(Path out, Path task, String start, double seconds) throws IOException {
        String name = task.getFileName().toString();
        String key = name + "\t" + start + "\t" + (int) seconds + "\t";
        Path table = out.resolve("few-shot.tsv");
        if (Files.exists(table) && Files.readString(table).contains(key)) {
            return;
        }
        Path data = out.resolve(name);
        if (!Files.exists(data)) {
            split(task, data);
        }
        Path model = out.resolve(name + "-" + start);
        String line = key + result(data, model, start, seconds);
        System.out.println(line);
        Files.writeString(table, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private static String result(Path data, Path model, String start, double seconds) throws IOException {
        Watch watch = new Watch(seconds);
        try {
            TransFuse.train(
                    Settings.training()
                            .with("images", data.resolve("learn/images"))
                            .with("masks", data.resolve("learn/masks"))
                            .with("output", model)
                            .with("start_from", start)
                            .with("epochs", EPOCHS),
                    watch);
        } catch (CancellationException e) {
            return "no epoch came to its end";
        }
        return watch.best() + "\t" + test(data, model);
    }

    private static void split(Path task, Path data) throws IOException {
        List<Path> images = list(task.resolve("images"));
        List<Path> masks = list(task.resolve("masks"));
        List<Integer> learned = even(indices(images.size()), LEARNED);
        List<Integer> rest = indices(images.size());
        rest.removeAll(learned);
        copy(images, masks, learned, data.resolve("learn"));
        copy(images, masks, even(rest, TESTED), data.resolve("test"));
    }

    private static List<Integer> indices(int size) {
        return new ArrayList<>(Stream.iterate(0, i -> i + 1).limit(size).toList());
    }

    private static List<Integer> even(List<Integer> from, int most) {
        int count = Math.min(most, from.size());
        return Stream.iterate(0, i -> i + 1)
                .limit(count)
                .map(i -> from.get((int) ((i + 0.5) * from.size() / count)))
                .toList();
    }

    private static void copy(List<Path> images, List<Path> masks, List<Integer> which, Path to) throws IOException {
        Path imagesTo = Files.createDirectories(to.resolve("images"));
        Path masksTo = Files.createDirectories(to.resolve("masks"));
        for (int i : which) {
            Files.copy(images.get(i), imagesTo.resolve(images.get(i).getFileName()));
            Files.copy(masks.get(i), masksTo.resolve(masks.get(i).getFileName()));
        }
    }

    private static List<Path> list(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }

    /** Dice, MCC (of all images with equal weight), the Dice of everything foreground, and F1 of objects. */
    private static String test(Path data, Path model) throws IOException {
        Settings settings = Settings.evaluating()
                .with("images", data.resolve("test/images"))
                .with("masks", data.resolve("test/masks"))
                .with("output", model.resolve("test"))
                .with("model", model);
        try (TransFuse loaded = TransFuse.load(Evaluation.segmenting(settings))) {
            EvaluationReport report = Evaluation.of(loaded, settings).run(EvaluationListener.NONE);
            String ofClass = report.classNames().get(0);
            List<Path> masks = list(data.resolve("test/masks"));
            double everything = 0;
            double[][] pairs = new double[2][2];
            for (int i = 0; i < masks.size(); i++) {
                BufferedImage mask = ImageIO.read(masks.get(i).toFile());
                double pixels = (double) mask.getWidth() * mask.getHeight();
                Overlap overlap = report.scores().get(i).scores().overlap();
                everything += 2 * overlap.truth() / (pixels + overlap.truth()) / masks.size();
                pairs[1][1] += overlap.shared() / pixels;
                pairs[0][1] += (overlap.predicted() - overlap.shared()) / pixels;
                pairs[1][0] += (overlap.truth() - overlap.shared()) / pixels;
                pairs[0][0] += (pixels - overlap.predicted() - overlap.truth() + overlap.shared()) / pixels;
            }
            return String.format(
                    Locale.ROOT,
                    "%.3f\t%.3f\t%.3f\t%.3f\t%d",
                    report.summary(ofClass, Measure.DICE).mean(),
                    correlation(pairs),
                    everything,
                    report.summary(ofClass, Measure.OBJECT_F1).mean(),
                    masks.size());
        }
    }

    private static double correlation(double[][] n) {
        double product = (n[1][1] + n[1][0]) * (n[1][1] + n[0][1]) * (n[0][0] + n[1][0]) * (n[0][0] + n[0][1]);
        return product <= 0 ? 0 : (n[1][1] * n[0][0] - n[1][0] * n[0][1]) / Math.sqrt(product);
    }

    /** Stops the training when its time is used up. */
    private static final class Watch implements TrainingListener {
        private final OperatingSystemMXBean system =
                (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        private final long begin = system.getProcessCpuTime();
        private final double seconds;
        private int epochs;
        private EpochReport best;

        Watch(double seconds) {
            this.seconds = seconds;
        }

        private double used() {
            return (system.getProcessCpuTime() - begin) / 1e9;
        }

        @Override
        public void epoch(EpochReport report) {
            epochs = report.epoch();
            best = report.timing().best() ? report : best;
            System.err.printf(Locale.ROOT, "%4.0f CPU-s %s%n", used(), report.toLine());
        }

        @Override
        public void note(String sentence) {
            System.err.println(sentence);
        }

        @Override
        public Request request() {
            return used() > seconds ? Request.STOP : Request.CONTINUE;
        }

        String best() {
            return String.format(
                    Locale.ROOT,
                    "%d\t%d\t%.3f",
                    epochs,
                    best == null ? 0 : best.epoch(),
                    best == null ? Double.NaN : best.validation().dice());
        }
    }
}
