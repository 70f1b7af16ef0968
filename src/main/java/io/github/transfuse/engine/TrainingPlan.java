package io.github.transfuse.engine;

import io.github.transfuse.model.GeneralStart;
import io.github.transfuse.model.ImagenetBranches;
import io.github.transfuse.model.ModelSpec;
import io.github.transfuse.network.Variant;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A training, fully described: nothing else influences its numbers.
 *
 * @param spec the model to train; its history is filled in by the training
 * @param data images and masks
 * @param schedule epochs, rates and seed
 * @param start which weights to start from
 * @param execution where and how to compute, and where to write
 */
public record TrainingPlan(ModelSpec spec, Data data, Schedule schedule, Start start, Execution execution) {

    /** What the score that chooses has to rise by, for an epoch to count as a gain. */
    public static final double LEAST_GAIN = 0.001;

    /**
     * Images and masks.
     *
     * @param images folder of images
     * @param masks folder of masks with equal stems
     * @param validation {@code auto}: some, chosen by their names; a folder that holds {@code images} and
     *     {@code masks}; a text file of stems; or a CSV file of stem and group to split by group
     * @param meaning what the values of masks mean
     * @param channels of the images, counted from 1, in the order of the model's; empty: as they are
     */
    public record Data(Path images, Path masks, String validation, MaskMeaning meaning, List<Integer> channels) {

        /** Copies the list. */
        public Data {
            channels = List.copyOf(channels);
        }

        /** All channels. */
        public Data(Path images, Path masks, String validation, String maskType, Optional<Integer> ignoreLabel) {
            this(images, masks, validation, new MaskMeaning(maskType, ignoreLabel), List.of());
        }
    }

    /**
     * What the values of masks mean.
     *
     * @param type auto, binary, classes or instances
     * @param ignoreLabel value that is left out of the loss and of the scores
     */
    public record MaskMeaning(String type, Optional<Integer> ignoreLabel) {}

    /**
     * Epochs, rates and seed.
     *
     * @param epochs passes over the training examples
     * @param batchSize examples per step
     * @param rate learning rate and how it changes
     * @param patience epochs without a rise of the score that chooses by {@link #LEAST_GAIN}, behind which the learning rate
     *     falls to its end and the training ends; 0: never
     * @param seed of everything random
     */
    public record Schedule(int epochs, int batchSize, Rate rate, int patience, long seed) {}

    /**
     * Learning rate.
     *
     * @param head of the decoder and heads
     * @param backbone of both backbones
     * @param warmupSteps steps of linear warm-up
     * @param cosine whether to fall to 1 % along a cosine; otherwise constant
     * @param beta1 of Adam: 0.5 in the reference recipe
     */
    public record Rate(double head, double backbone, int warmupSteps, boolean cosine, double beta1) {}

    /**
     * Which weights to start from.
     *
     * @param origin where they come from
     * @param path of a model or of a folder of pretrained branches; empty for others
     * @param resume whether to go on from the checkpoint in the output folder instead
     */
    public record Start(Origin origin, Optional<Path> path, boolean resume) {
        /** Behind the name of a bundled model that was unpacked. */
        private static final String UNPACKED = "-[0-9a-f]{16}$";

        /** Random weights. */
        public static Start random() {
            return new Start(Origin.RANDOM, Optional.empty(), false);
        }

        /** For people: what a model of this variant starts from. */
        public String sentence(Variant variant) {
            String volumes = variant.scales().axes() == 3 ? ", inflated to volumes" : "";
            String name = path.map(Path::getFileName)
                    .map(folder -> folder.toString().replaceFirst(UNPACKED, ""))
                    .orElse("nothing");
            return switch (origin) {
                case RANDOM ->
                    "The training starts from random weights"
                            + (ImagenetBranches.fit(variant)
                                    ? "."
                                    : ": the pretrained branches in the plugin are for the variants T and T3D.");
                case IMAGENET ->
                    "The branches start from " + ImagenetBranches.WORDS + volumes + ". The decoder starts at random.";
                case FOLDER ->
                    "The branches start from the folder " + name + volumes + ". The decoder starts at random.";
                case MODEL -> "The training starts from the model " + name + ".";
                case NEAREST ->
                    "The training starts from the model " + name + " of the plugin, the nearest to these images and"
                            + " masks; start_from=imagenet or random starts from others.";
                case GENERAL ->
                    "The training starts from the general model of the plugin, which learned " + GeneralStart.WORDS
                            + "; start_from=imagenet or random starts from others.";
            };
        }
    }

    /** Where starting weights come from. */
    public enum Origin {
        /** Drawn at random. */
        RANDOM,
        /** The pretrained branches in the plugin's jar; the decoder is random. */
        IMAGENET,
        /** Pretrained branches in a folder; the decoder is random. */
        FOLDER,
        /** A model folder or a {@code .pth} file to fine-tune. */
        MODEL,
        /** The model in the plugin's jar that is nearest to the task; its one class becomes that of the task. */
        NEAREST,
        /** The general model in the plugin's jar, which knows no task. */
        GENERAL;

        /** Whether all weights come from a model, so that it has a score before the first epoch. */
        public boolean isModel() {
            return this == MODEL || isChosen();
        }

        /** Whether the program chose a model, whose one class becomes that of the task. */
        public boolean isChosen() {
            return this == NEAREST || this == GENERAL;
        }
    }

    /**
     * Where and how to compute, and where to write.
     *
     * @param options device, precision and threads
     * @param augmentations names of augmentations that are on: flip, rotate, color, elastic, noise, stain
     * @param dropout Dropout2d rate; BiFusion has half of it
     * @param averaging decay of a moving average of the weights per step, such as 0.999, which is then validated and kept
     *     instead of the weights themselves; 0: off
     * @param output what to write
     */
    public record Execution(
            NetworkOptions options, Set<String> augmentations, double dropout, double averaging, Output output) {

        /** Without averaging, and with weights stored as float32. */
        public Execution(
                NetworkOptions options, Set<String> augmentations, double dropout, Path folder, List<String> command) {
            this(options, augmentations, dropout, 0, new Output(folder, false, command));
        }
    }

    /**
     * What to write.
     *
     * @param folder model folder to write; checkpoints and {@code history.csv} are kept there too
     * @param halfPrecision whether the finished weights are stored as float16, at half the size, instead of float32
     * @param command for the model card: how this training was started
     * @param keepCheckpoints whether checkpoints stay when the training has come to its end
     */
    public record Output(Path folder, boolean halfPrecision, List<String> command, boolean keepCheckpoints) {

        /** With its checkpoints. */
        public Output(Path folder, boolean halfPrecision, List<String> command) {
            this(folder, halfPrecision, command, true);
        }
    }
}
