package io.github.transfuse.settings;

import static io.github.transfuse.settings.ValueSpec.Kind.DEVICE;
import static io.github.transfuse.settings.ValueSpec.Kind.FLAG;
import static io.github.transfuse.settings.ValueSpec.Kind.INPUT_PATH;
import static io.github.transfuse.settings.ValueSpec.Kind.OUTPUT_PATH;
import static io.github.transfuse.settings.ValueSpec.Kind.SIZE;
import static io.github.transfuse.settings.ValueSpec.Kind.TEXT;

import io.github.transfuse.settings.ValueSpec.Range;
import java.util.ArrayList;
import java.util.List;

/** The settings for training. "auto" means: chosen to fit the data. */
final class TrainingTable {

    static final List<SettingSpec> SPECS = all();

    private TrainingTable() {}

    private static SettingSpec precision() {
        return new SettingSpec(
                Keys.PRECISION,
                ValueSpec.choice("auto", "float32", "bf16", "fp16"),
                "auto",
                "Precision",
                "Number format of the training. auto is bf16 where it is faster here, else float32.");
    }

    private static List<SettingSpec> all() {
        List<SettingSpec> specs = new ArrayList<>(data());
        specs.addAll(schedule());
        specs.addAll(rate());
        specs.addAll(network());
        specs.addAll(examples());
        specs.addAll(sampling());
        specs.add(new SettingSpec(
                Keys.KEEP_CHECKPOINTS,
                ValueSpec.of(FLAG),
                "false",
                "Keep_checkpoints",
                "Keep the checkpoints (hundreds of megabytes) when the training has come to its end, to go on with more epochs."
                        + " Otherwise only a training that was stopped keeps them."));
        specs.add(SegmentingTable.keepPaths());
        return List.copyOf(specs);
    }

    private static List<SettingSpec> data() {
        return List.of(
                new SettingSpec(
                        Keys.IMAGES,
                        ValueSpec.of(INPUT_PATH),
                        "",
                        "Images",
                        "Folder of images; in ImageJ also the title of an open image or stack, or several with ';' between them."),
                new SettingSpec(
                        Keys.MASKS,
                        ValueSpec.of(INPUT_PATH),
                        "",
                        "Masks",
                        "Folder of masks; names equal those of the images, or end in _mask(s), _segmentation, _label(s), _cp_masks."
                                + " In ImageJ also the titles of open label images, or for ROIs the title of the image itself,"
                                + " manager or overlay. The same folder as images: the ROIs saved with them. See mask_type."),
                new SettingSpec(Keys.OUTPUT, ValueSpec.of(OUTPUT_PATH), "", "Output", "Model folder to write."),
                new SettingSpec(
                        Keys.VALIDATION,
                        ValueSpec.of(TEXT),
                        "auto",
                        "Validation",
                        "Which images judge and are not learned. auto: a fifth of them, at least 3 and at most 50; or a"
                                + " folder with images and masks; or a text file of names; or a CSV file of name and"
                                + " group, or of name and use (training, validation, test)."),
                folds(),
                new SettingSpec(
                        Keys.RESUME,
                        ValueSpec.of(FLAG),
                        "false",
                        "Resume",
                        "Go on from the checkpoint in the output folder. A training that came to its end has none, unless"
                                + " keep_checkpoints was true."));
    }

    private static SettingSpec folds() {
        return new SettingSpec(
                Keys.FOLDS,
                ValueSpec.integer(2, 20).or("none"),
                "none",
                "Folds",
                "Cross-validation: trains so many models, each tested on other images (or groups of the CSV file in"
                        + " validation), and gives their scores and mean. Segmenting with the output folder takes"
                        + " the mean of all.");
    }

    private static List<SettingSpec> schedule() {
        return List.of(
                new SettingSpec(
                        Keys.EPOCHS,
                        ValueSpec.integer(1, 100_000).or("auto"),
                        "auto",
                        "Epochs",
                        "Passes over the training images."),
                new SettingSpec(
                        Keys.MINUTES,
                        ValueSpec.number(Range.closed(0.1, 100_000)).or("auto").in("minutes"),
                        "auto",
                        "Minutes",
                        "About how long the training may take: the epochs are chosen to fit, by a few steps before it."
                                + " auto: 10, or no limit where epochs is given."),
                new SettingSpec(
                        Keys.BATCH_SIZE,
                        ValueSpec.integer(1, 1024).or("auto").in("images"),
                        "auto",
                        "Batch_size (images)",
                        "Images per step."),
                new SettingSpec(
                        Keys.PATIENCE,
                        ValueSpec.integer(0, 100_000).or("auto").in("epochs"),
                        "auto",
                        "Patience (epochs)",
                        "End after so many epochs in which the score that chooses did not rise by 0.001, and let the learning"
                                + " rate fall before. auto: a third of the epochs, at least 10; 0: never."),
                new SettingSpec(
                        Keys.SEED,
                        ValueSpec.integer(0, Integer.MAX_VALUE),
                        "1",
                        "Seed",
                        "Of everything random: the same seed gives the same model."));
    }

    private static List<SettingSpec> rate() {
        return List.of(
                new SettingSpec(
                        Keys.LEARNING_RATE,
                        ValueSpec.number(Range.open(0, 1)),
                        "0.0003",
                        "Learning_rate",
                        "Of the decoder; the pretrained branches learn at a third of it."),
                new SettingSpec(
                        Keys.RATE_SCHEDULE,
                        ValueSpec.choice("cosine", "constant"),
                        "cosine",
                        "Rate_schedule",
                        "What becomes of the learning rate after the first steps: it falls to a hundredth, or stays."),
                new SettingSpec(
                        Keys.AVERAGING,
                        ValueSpec.number(Range.halfOpen(0, 1)),
                        "0",
                        "Averaging",
                        "Decay per step of a moving average of the weights, such as 0.99, which is then validated and"
                                + " kept; 0: none."));
    }

    private static List<SettingSpec> network() {
        return List.of(
                new SettingSpec(
                        Keys.VARIANT,
                        ValueSpec.choice("T", "TFINE", "S", "L", "L384", "T3D"),
                        "T",
                        "Variant",
                        "Size of the network: T is tiny and fast, TFINE is T with outlines twice as fine, S that of the paper, L and"
                                + " L384 are large; T3D is T for volumes."),
                new SettingSpec(
                        Keys.START_FROM,
                        ValueSpec.of(TEXT).or("auto"),
                        "auto",
                        "Start_from",
                        "Weights to start from. auto: the model in the plugin that is nearest to the task, or general; general:"
                                + " the one in the plugin that learned many tasks, for variants T and TFINE; imagenet: pretrained"
                                + " branches alone, for T, TFINE and T3D; random; or a model to fine-tune: a name,"
                                + " a model folder or a .pth file."),
                new SettingSpec(
                        Keys.BACKBONES,
                        ValueSpec.of(INPUT_PATH),
                        "",
                        "Backbones",
                        "Folder of other pretrained branches, in the place of those that start_from=auto takes."),
                new SettingSpec(
                        Keys.INPUT_SIZE,
                        ValueSpec.of(SIZE).or("auto").in("px"),
                        "auto",
                        "Input_size (pixels)",
                        "Size that images are brought to, width x height, under the rule resize."),
                new SettingSpec(
                        Keys.INPUT_RULE,
                        ValueSpec.choice("auto", "resize", "resize_padded", "tile"),
                        "auto",
                        "Input_rule",
                        "Whether the network sees whole images, resized, or tiles at full resolution."));
    }

    private static List<SettingSpec> examples() {
        return List.of(
                new SettingSpec(
                        Keys.MASK_TYPE,
                        ValueSpec.choice("auto", "binary", "classes", "instances"),
                        "auto",
                        "Mask_type",
                        "What the values of masks mean. auto: binary where there are two. Of ROIs: instances if each is an object,"
                                + " classes if each group, or name without its number, is one; auto: as names and groups say."),
                new SettingSpec(
                        Keys.IGNORE_LABEL,
                        ValueSpec.integer(0, 65_535).or("none"),
                        "none",
                        "Ignore_label",
                        "Value of masks that is left out: neither background nor a class."),
                new SettingSpec(
                        Keys.AUGMENT,
                        ValueSpec.names("flip", "rotate", "color", "elastic", "noise", "stain"),
                        "flip,rotate,color",
                        "Augment",
                        "Random changes to training images."));
    }

    private static List<SettingSpec> sampling() {
        return List.of(
                new SettingSpec(
                        Keys.TILE_SIZE,
                        ValueSpec.of(SIZE).or("auto").in("px"),
                        "auto",
                        "Tile_size (pixels)",
                        "Size of a tile under the rule tile, width x height, for volumes x depth, at the model's pixel size."),
                new SettingSpec(
                        Keys.OVERLAP,
                        ValueSpec.number(Range.halfOpen(0, 1)).in("fraction of a tile"),
                        "0.5",
                        "Overlap (fraction)",
                        "Part of a tile that is shared with its neighbour."),
                SegmentingTable.channels(),
                new SettingSpec(
                        Keys.PIXEL_SIZE,
                        ValueSpec.number(Range.open(0, 1e9)).or("auto").in("micron"),
                        "auto",
                        "Pixel_size (micron)",
                        "Pixel size that images are brought to under the rule tile; for images without calibration in"
                                + " pixels, so that 0.5 doubles them. auto: as they are."),
                normalization(),
                window(),
                SegmentingTable.mode("slices"),
                new SettingSpec(
                        Keys.CONTEXT_SLICES,
                        ValueSpec.choice("3", "5", "7", "9"),
                        "3",
                        "Context_slices",
                        "Slices that mode=context sees at once: the one in question and its neighbours on both sides."),
                precision(),
                new SettingSpec(Keys.DEVICE, ValueSpec.of(DEVICE), "auto", "Device", "Where to compute."));
    }

    private static SettingSpec normalization() {
        return new SettingSpec(
                Keys.NORMALIZATION,
                ValueSpec.choice("auto", "imagenet", "percentile", "zscore"),
                "auto",
                "Normalization",
                "imagenet: as colour photographs; percentile: 1 and 99.8 of each image to 0 and 1; zscore: mean and"
                        + " deviation of each image. auto: imagenet for colour, percentile for others and for"
                        + " instances.");
    }

    private static SettingSpec window() {
        return new SettingSpec(
                Keys.WINDOW,
                ValueSpec.of(TEXT).or("auto"),
                "auto",
                "Window",
                "For CT: the values that the model sees, as width and level (1500,-600) or a name: lung, bone, abdomen,"
                        + " liver, mediastinum, brain. Instead of normalization. auto: all.");
    }
}
