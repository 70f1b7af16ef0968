package io.github.transfuse.torch.train;

import io.github.transfuse.engine.Device;
import io.github.transfuse.engine.EpochReport;
import io.github.transfuse.engine.NetworkInfo;
import io.github.transfuse.engine.NetworkOptions;
import io.github.transfuse.engine.Precision;
import io.github.transfuse.engine.TrainingListener;
import io.github.transfuse.engine.TrainingPlan;
import io.github.transfuse.engine.TrainingRun;
import io.github.transfuse.image.Axis;
import io.github.transfuse.image.CalibratedImage;
import io.github.transfuse.image.ResultFiles;
import io.github.transfuse.model.Identity;
import io.github.transfuse.model.InputSpec;
import io.github.transfuse.model.ModelHistory;
import io.github.transfuse.model.ModelSpec;
import io.github.transfuse.model.Normalization;
import io.github.transfuse.model.OutputSpec;
import io.github.transfuse.network.NetworkSpec;
import io.github.transfuse.network.Scales;
import io.github.transfuse.network.Variant;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import javax.imageio.ImageIO;
import net.imglib2.img.array.ArrayImgs;
import org.bytedeco.pytorch.global.torch;

/** Trainings of a network with few weights on pictures of bright squares; they take seconds. */
final class TinyTraining {

    static final int SIDE = 48;

    static final Variant VARIANT = new Variant(
            "T",
            new Variant.Cnn(false, List.of(1, 1, 1), List.of(8, 12, 16)),
            new Variant.Transformer(24, 1, 2, List.of(3, 3)),
            List.of(16, 8),
            16);

    private final Path folder;
    private int epochs = 3;
    private int batch = 4;
    private long seed = 1;
    private int patience;
    private double rate = 3e-3;
    private double averaging;
    private Precision precision = Precision.FLOAT32;
    private int classes = 1;
    private int channels = 3;
    private List<Integer> chosen = List.of();
    private List<String> given = List.of();
    private boolean objects;
    private int inner = 2;
    private Optional<Integer> ignored = Optional.empty();
    private boolean keepCheckpoints = true;
    private boolean resume;
    private double dropout = 0.1;
    private InputSpec.Rule rule = InputSpec.Rule.RESIZE;
    private TrainingPlan.Origin origin = TrainingPlan.Origin.RANDOM;
    private Optional<Path> startFrom = Optional.empty();
    private Set<String> augmentations = Set.of("flip", "rotate", "color");
    private String output = "model";
    private Variant variant = VARIANT;
    private List<Integer> size = List.of(SIDE, SIDE);
    private InputSpec.Sampling sampling = InputSpec.Sampling.AS_IS;
    private Normalization normalization =
            new Normalization(Normalization.Kind.FIXED, List.of(0.4), List.of(0.25), 0, 100);

    TinyTraining(Path folder) {
        // More threads than free cores wait for each other at every step of so small a network
        torch.set_num_threads(1);
        this.folder = folder;
    }

    /** Writes pictures with masks, named so that at least one validates. */
    TinyTraining pictures(int count) throws IOException {
        return pictures(count, SIDE, 255);
    }

    TinyTraining pictures(int count, int side, int... maskValues) throws IOException {
        Files.createDirectories(folder.resolve("images"));
        Files.createDirectories(folder.resolve("masks"));
        for (int i = 0; i < count; i++) {
            Random random = new Random(i);
            BufferedImage image = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
            BufferedImage mask = new BufferedImage(side, side, BufferedImage.TYPE_BYTE_GRAY);
            int left = 6 + random.nextInt(side / 3);
            int top = 6 + random.nextInt(side / 3);
            int size = side / 2 - 4;
            for (int y = 0; y < side; y++) {
                for (int x = 0; x < side; x++) {
                    boolean inside = x >= left && y >= top && x < left + size && y < top + size;
                    int level = (inside ? 170 : 50) + random.nextInt(40);
                    image.setRGB(x, y, level << 16 | level << 8 | level);
                    int value = maskValues[Math.floorMod((y - top) * maskValues.length / size, maskValues.length)];
                    mask.getRaster().setSample(x, y, 0, inside ? value : 0);
                }
            }
            ImageIO.write(image, "png", folder.resolve("images/p" + i + ".png").toFile());
            ImageIO.write(mask, "png", folder.resolve("masks/p" + i + ".png").toFile());
        }
        return this;
    }

    /** Writes stacks, and trains on their slices with a neighbour on each side. */
    TinyTraining context(int count) throws IOException {
        stacks(count);
        sampling = new InputSpec.Sampling(Optional.empty(), "pixel", InputSpec.Mode.CONTEXT, 1);
        return network(3, 3).channels(1).planes();
    }

    /** Writes stacks, and trains on their planes across x, y and z. */
    TinyTraining triplanar(int count) throws IOException {
        stacks(count);
        sampling = new InputSpec.Sampling(Optional.empty(), "pixel", InputSpec.Mode.TRIPLANAR, 0);
        return network(1, 3).channels(1).planes();
    }

    /** Writes pictures of bright squares side by side, and learns them as objects; some pixels are left out. */
    TinyTraining objects(int count, int side) throws IOException {
        Files.createDirectories(folder.resolve("images"));
        Files.createDirectories(folder.resolve("masks"));
        for (int i = 0; i < count; i++) {
            BufferedImage image = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
            BufferedImage mask = new BufferedImage(side, side, BufferedImage.TYPE_BYTE_GRAY);
            for (int at = 0; at < side * side; at++) {
                int x = at % side;
                int y = at / side;
                int number = square(x, y, i, side);
                int level = (number > 0 ? 190 : 40) + new Random(at + 7919L * i).nextInt(30);
                image.setRGB(x, y, level << 16 | level << 8 | level);
                mask.getRaster().setSample(x, y, 0, y == side - 1 ? 255 : number);
            }
            ImageIO.write(image, "png", folder.resolve("images/o" + i + ".png").toFile());
            ImageIO.write(mask, "png", folder.resolve("masks/o" + i + ".png").toFile());
        }
        ignored = Optional.of(255);
        return asObjects();
    }

    /** Squares of 12 pixels in a grid of 13, some of which are missing; the gap between them is dark. */
    private static int square(int x, int y, int picture, int side) {
        int column = (x - 2) / 13;
        int row = (y - 2) / 13;
        boolean inside = x >= 2 && y >= 2 && (x - 2) % 13 < 12 && (y - 2) % 13 < 12 && x < side - 2 && y < side - 3;
        return inside && (column * 3 + row * 5 + picture) % 4 != 0 ? 1 + column + row * 10 : 0;
    }

    /** Stacks whose boxes, of one class, are objects that reach through the slices. */
    TinyTraining objectsOfStacks(int count) throws IOException {
        inner = 1;
        return context(count).asObjects();
    }

    private TinyTraining asObjects() {
        objects = true;
        return network(channels, 3);
    }

    private TinyTraining planes() {
        size = List.of(32, 32);
        normalization = new Normalization(Normalization.Kind.ZSCORE, List.of(), List.of(), 0, 100);
        return rule(InputSpec.Rule.TILE);
    }

    /** Writes stacks, and trains on them as volumes. */
    TinyTraining volumes(int count) throws IOException {
        stacks(count);
        Scales scales = new Scales(List.of(4, 8, 8), List.of(1, 2, 2));
        Variant widths = VARIANT.withScales(scales, List.of(3, 3, 3));
        variant = new Variant("T3D", widths.cnn(), widths.transformer(), widths.decoder(), widths.fused(), scales);
        sampling = new InputSpec.Sampling(Optional.empty(), "pixel", InputSpec.Mode.VOLUME, 0);
        network(1, 3).channels(1).planes();
        size = List.of(12, 24, 24);
        return this;
    }

    /** Volumes of two channels, one bright in what the other is not: boxes are one class where both are bright. */
    TinyTraining channelVolumes(int count) throws IOException {
        volumes(count);
        for (int i = 0; i < count; i++) {
            Random random = new Random(i);
            int[] size = {26, 26, 10 + i % 4};
            byte[] image = new byte[2 * size[0] * size[1] * size[2]];
            byte[] mask = new byte[image.length / 2];
            int left = 3 + random.nextInt(4);
            for (int at = 0; at < mask.length; at++) {
                int x = at % 26;
                int y = at / 26 % 26;
                boolean first = x >= left && x < left + 14 && y >= 4 && y < 22;
                boolean second = x >= left + 5 && x < left + 19 && y >= 4 && y < 22;
                mask[at] = (byte) (first && second ? 1 : 0);
                image[at] = (byte) ((first ? 100 : 20) + random.nextInt(20));
                image[mask.length + at] = (byte) ((second ? 100 : 20) + random.nextInt(20));
            }
            CalibratedImage both = CalibratedImage.of(
                    "v" + i,
                    ArrayImgs.unsignedBytes(image, size[0], size[1], size[2], 2),
                    Axis.Kind.X,
                    Axis.Kind.Y,
                    Axis.Kind.Z,
                    Axis.Kind.CHANNEL);
            ResultFiles.writeTiff(folder.resolve("images/v" + i + ".tif"), both, Map.of());
            write("masks/v" + i + ".tif", mask, size[0], size[1], size[2]);
        }
        network(2, 1).channels(1, 2);
        normalization = new Normalization(Normalization.Kind.FIXED, List.of(0.3, 0.3), List.of(0.2, 0.2), 0, 100);
        return this;
    }

    /** Stacks of 10 to 13 slices with two classes of boxes in them. */
    private void stacks(int count) throws IOException {
        Files.createDirectories(folder.resolve("images"));
        Files.createDirectories(folder.resolve("masks"));
        for (int i = 0; i < count; i++) {
            Random random = new Random(i);
            int side = 26;
            int depth = 10 + i % 4;
            byte[] image = new byte[depth * side * side];
            byte[] mask = new byte[image.length];
            int left = 3 + random.nextInt(8);
            int first = 2 + random.nextInt(2);
            for (int at = 0; at < image.length; at++) {
                int x = at % side;
                int y = at / side % side;
                int z = at / side / side;
                boolean inside = x >= left && x < left + 12 && y >= 5 && y < 21 && z >= first && z < first + 6;
                mask[at] = (byte) (inside ? y < 13 ? 1 : inner : 0);
                image[at] = (byte) (40 + 80 * mask[at] + random.nextInt(30));
            }
            write("images/v" + i + ".tif", image, side, side, depth);
            write("masks/v" + i + ".tif", mask, side, side, depth);
        }
    }

    private void write(String name, byte[] voxels, long... dimensions) throws IOException {
        CalibratedImage stack = CalibratedImage.of(
                name, ArrayImgs.unsignedBytes(voxels, dimensions), Axis.Kind.X, Axis.Kind.Y, Axis.Kind.Z);
        ResultFiles.writeTiff(folder.resolve(name), stack, Map.of());
    }

    TinyTraining epochs(int value) {
        epochs = value;
        return this;
    }

    TinyTraining batch(int value) {
        batch = value;
        return this;
    }

    TinyTraining seed(long value) {
        seed = value;
        return this;
    }

    TinyTraining patience(int value) {
        patience = value;
        return this;
    }

    TinyTraining rate(double value) {
        rate = value;
        return this;
    }

    TinyTraining precision(Precision value) {
        precision = value;
        return this;
    }

    TinyTraining averaging(double value) {
        averaging = value;
        return this;
    }

    TinyTraining network(int channelCount, int classCount) {
        channels = channelCount;
        classes = classCount;
        return this;
    }

    /** Which channels of the images, from 1. */
    TinyTraining channels(Integer... value) {
        chosen = List.of(value);
        return this;
    }

    /** Of the classes, in the order of their values. */
    TinyTraining names(String... value) {
        given = List.of(value);
        return this;
    }

    TinyTraining keepCheckpoints(boolean value) {
        keepCheckpoints = value;
        return this;
    }

    TinyTraining resume(boolean value) {
        resume = value;
        return this;
    }

    TinyTraining rule(InputSpec.Rule value) {
        rule = value;
        return this;
    }

    /** A network as large as trainings have it by default. */
    TinyTraining variant(Variant value) {
        variant = value;
        return this;
    }

    TinyTraining origin(TrainingPlan.Origin value) {
        origin = value;
        return this;
    }

    TinyTraining startFrom(Path model) {
        origin = TrainingPlan.Origin.MODEL;
        startFrom = Optional.of(model);
        return this;
    }

    TinyTraining plain() {
        augmentations = Set.of();
        dropout = 0;
        return this;
    }

    TinyTraining output(String name) {
        output = name;
        return this;
    }

    Path outputFolder() {
        return folder.resolve(output);
    }

    TrainingPlan plan() {
        List<OutputSpec.ClassSpec> names = new ArrayList<>();
        for (int c = 1; c <= (objects ? 1 : Math.max(1, classes - 1)); c++) {
            names.add(new OutputSpec.ClassSpec(c <= given.size() ? given.get(c - 1) : "class" + c, 0xff0000));
        }
        ModelSpec spec = new ModelSpec(
                new Identity("tiny", "Tiny", "Bright squares.", "CC0-1.0"),
                new NetworkSpec(variant, channels, classes, true),
                new InputSpec(rule, size, 0.5, normalization, sampling),
                objects
                        ? new OutputSpec(names, OutputSpec.Kind.BOUNDARY_INSTANCES, 0.4, 9, true)
                        : new OutputSpec(names, OutputSpec.Kind.CLASSES, 0.5, 0, false),
                ModelHistory.empty());
        return new TrainingPlan(
                spec,
                new TrainingPlan.Data(
                        folder.resolve("images"),
                        folder.resolve("masks"),
                        "auto",
                        new TrainingPlan.MaskMeaning(objects ? "instances" : "auto", ignored),
                        chosen),
                new TrainingPlan.Schedule(
                        epochs, batch, new TrainingPlan.Rate(rate, rate, 2, true, 0.9), patience, seed),
                new TrainingPlan.Start(origin, startFrom, resume),
                new TrainingPlan.Execution(
                        NetworkOptions.AUTO,
                        augmentations,
                        dropout,
                        averaging,
                        new TrainingPlan.Output(outputFolder(), true, List.of("transfuse", "train"), keepCheckpoints)));
    }

    /** Runs the training and returns what happened. */
    Watched run() throws IOException {
        return run(Integer.MAX_VALUE);
    }

    /** Runs the training and asks it to stop at its first step. */
    void runAndStopAtOnce() throws IOException {
        run(new Watched(0) {
            @Override
            public Request request() {
                return Request.STOP;
            }
        });
    }

    /** Runs the training and asks it to stop within the epoch behind the given one. */
    Watched run(int lastEpoch) throws IOException {
        return run(new Watched(lastEpoch));
    }

    private Watched run(Watched watched) throws IOException {
        NetworkInfo info = new NetworkInfo(Device.CPU, precision, List.of());
        try (TrainingRun run = Trainings.prepare(plan(), info)) {
            watched.notes.addAll(run.summary().notes());
            run.run(watched);
        }
        return watched;
    }

    /** A listener that remembers. */
    static class Watched implements TrainingListener {
        private final int lastEpoch;
        private final List<EpochReport> epochs = new ArrayList<>();
        private final List<String> notes = new ArrayList<>();

        Watched(int lastEpoch) {
            this.lastEpoch = lastEpoch;
        }

        @Override
        public void epoch(EpochReport report) {
            epochs.add(report);
        }

        @Override
        public void note(String sentence) {
            notes.add(sentence);
        }

        @Override
        public Request request() {
            return !epochs.isEmpty() && epochs.get(epochs.size() - 1).epoch() >= lastEpoch
                    ? Request.STOP
                    : Request.CONTINUE;
        }

        List<EpochReport> epochs() {
            return epochs;
        }

        List<String> notes() {
            return notes;
        }
    }
}
