package io.github.transfuse.settings;

import io.github.transfuse.engine.Device;
import io.github.transfuse.engine.Precision;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** The keys of the rows of {@link SettingSpec}, whose help says what they mean; the tasks share them. */
public final class Keys {
    public static final Key<String> MODEL = new Key<>("model", ValueForm.TEXT);
    public static final Key<Device> DEVICE = new Key<>("device", ValueForm.DEVICE);
    public static final Key<Precision> PRECISION = new Key<>("precision", ValueForm.PRECISION);
    public static final OptionalKey<String> INPUT = new OptionalKey<>("input", ValueForm.TEXT);
    public static final OptionalKey<Path> OUTPUT = new OptionalKey<>("output", ValueForm.PATH);
    /** Numbers of channels, from 1. */
    public static final OptionalKey<List<Integer>> CHANNELS = new OptionalKey<>("channels", ValueForm.CHANNELS);
    /** Width, height and, for volumes, depth. */
    public static final OptionalKey<int[]> TILE_SIZE = new OptionalKey<>("tile_size", ValueForm.SIZE);

    public static final OptionalKey<Double> OVERLAP = new OptionalKey<>("overlap", ValueForm.NUMBER);
    public static final OptionalKey<Integer> BATCH_SIZE = new OptionalKey<>("batch_size", ValueForm.WHOLE);
    public static final OptionalKey<Double> THRESHOLD = new OptionalKey<>("threshold", ValueForm.NUMBER);
    public static final OptionalKey<Double> MIN_SIZE = new OptionalKey<>("min_size", ValueForm.NUMBER);
    public static final OptionalKey<Integer> CONNECTIVITY = new OptionalKey<>("connectivity", ValueForm.WHOLE);
    public static final OptionalKey<Boolean> FILL_HOLES = new OptionalKey<>("fill_holes", ValueForm.FLAG);
    /** Pixels. */
    public static final OptionalKey<Double> SPLIT_DEPTH = new OptionalKey<>("split_depth", ValueForm.NUMBER);

    public static final Key<Boolean> EXCLUDE_EDGES = new Key<>("exclude_edges", ValueForm.FLAG);
    public static final OptionalKey<String> OUTPUT_TYPE = new OptionalKey<>("output_type", ValueForm.TEXT);
    public static final OptionalKey<String> LABEL_FORMAT = new OptionalKey<>("label_format", ValueForm.TEXT);
    public static final Key<Boolean> PROBABILITIES = new Key<>("probabilities", ValueForm.FLAG);
    public static final Key<Boolean> OVERLAY = new Key<>("overlay", ValueForm.FLAG);
    public static final Key<Boolean> TABLE = new Key<>("table", ValueForm.FLAG);
    /** Numbers of slices along z, from 1. */
    public static final OptionalKey<Ranges> SLICES = new OptionalKey<>("slices", ValueForm.RANGES);
    /** Numbers of time points, from 1. */
    public static final OptionalKey<Ranges> FRAMES = new OptionalKey<>("frames", ValueForm.RANGES);

    public static final Key<Boolean> SELECTION = new Key<>("selection", ValueForm.FLAG);
    public static final Key<Boolean> ALL_IMAGES = new Key<>("all_images", ValueForm.FLAG);
    public static final Key<Boolean> ROIS = new Key<>("rois", ValueForm.FLAG);
    public static final Key<Boolean> GEOJSON = new Key<>("geojson", ValueForm.FLAG);
    /** Title, ID or file. */
    public static final OptionalKey<String> IMAGE = new OptionalKey<>("image", ValueForm.TEXT);

    public static final Key<Boolean> PER_SLICE = new Key<>("per_slice", ValueForm.FLAG);
    public static final OptionalKey<String> DESTINATION = new OptionalKey<>("destination", ValueForm.TEXT);
    public static final OptionalKey<String> SOURCE = new OptionalKey<>("source", ValueForm.TEXT);
    public static final Key<Boolean> FLIPS = new Key<>("flips", ValueForm.FLAG);
    /** Of values that are seen, as width and level or a name. */
    public static final OptionalKey<String> WINDOW = new OptionalKey<>("window", ValueForm.TEXT);

    /** Of outlines, in the unit of the image. */
    public static final OptionalKey<Double> TOLERANCE = new OptionalKey<>("tolerance", ValueForm.NUMBER);

    public static final OptionalKey<Double> PIXEL_SIZE = new OptionalKey<>("pixel_size", ValueForm.NUMBER);

    public static final OptionalKey<String> MODE = new OptionalKey<>("mode", ValueForm.TEXT);
    public static final OptionalKey<String> IMAGES = new OptionalKey<>("images", ValueForm.TEXT);
    public static final OptionalKey<String> MASKS = new OptionalKey<>("masks", ValueForm.TEXT);
    public static final Key<String> VALIDATION = new Key<>("validation", ValueForm.TEXT);
    public static final Key<Boolean> KEEP_CHECKPOINTS = new Key<>("keep_checkpoints", ValueForm.FLAG);

    public static final Key<Boolean> KEEP_PATHS = new Key<>("keep_paths", ValueForm.FLAG);
    public static final Key<Boolean> RECURSIVE = new Key<>("recursive", ValueForm.FLAG);
    public static final Key<Boolean> SKIP_EXISTING = new Key<>("skip_existing", ValueForm.FLAG);
    public static final Key<Boolean> RESUME = new Key<>("resume", ValueForm.FLAG);
    public static final OptionalKey<Integer> EPOCHS = new OptionalKey<>("epochs", ValueForm.WHOLE);
    public static final OptionalKey<Integer> FOLDS = new OptionalKey<>("folds", ValueForm.WHOLE);
    public static final OptionalKey<Double> MINUTES = new OptionalKey<>("minutes", ValueForm.NUMBER);
    public static final OptionalKey<Integer> PATIENCE = new OptionalKey<>("patience", ValueForm.WHOLE);
    public static final Key<Integer> SEED = new Key<>("seed", ValueForm.WHOLE);
    public static final Key<Double> LEARNING_RATE = new Key<>("learning_rate", ValueForm.NUMBER);
    public static final Key<String> RATE_SCHEDULE = new Key<>("rate_schedule", ValueForm.TEXT);
    public static final Key<Double> AVERAGING = new Key<>("averaging", ValueForm.NUMBER);
    public static final Key<String> VARIANT = new Key<>("variant", ValueForm.TEXT);
    public static final OptionalKey<String> START_FROM = new OptionalKey<>("start_from", ValueForm.TEXT);
    public static final OptionalKey<String> BACKBONES = new OptionalKey<>("backbones", ValueForm.TEXT);
    /** Width and height. */
    public static final OptionalKey<int[]> INPUT_SIZE = new OptionalKey<>("input_size", ValueForm.SIZE);

    public static final OptionalKey<String> INPUT_RULE = new OptionalKey<>("input_rule", ValueForm.TEXT);
    public static final OptionalKey<String> MASK_TYPE = new OptionalKey<>("mask_type", ValueForm.TEXT);
    public static final OptionalKey<Integer> IGNORE_LABEL = new OptionalKey<>("ignore_label", ValueForm.WHOLE);
    public static final OptionalKey<Set<String>> AUGMENT = new OptionalKey<>("augment", ValueForm.NAMES);
    public static final OptionalKey<String> NORMALIZATION = new OptionalKey<>("normalization", ValueForm.TEXT);
    public static final Key<Integer> CONTEXT_SLICES = new Key<>("context_slices", ValueForm.WHOLE);
    public static final OptionalKey<Double> DOWNSAMPLE = new OptionalKey<>("downsample", ValueForm.NUMBER);
    public static final OptionalKey<String> CREATE = new OptionalKey<>("create", ValueForm.TEXT);
    public static final Key<String> BORDERS = new Key<>("borders", ValueForm.TEXT);
    public static final OptionalKey<Double> MIN_AREA = new OptionalKey<>("min_area", ValueForm.NUMBER);
    public static final Key<Boolean> TISSUE_ONLY = new Key<>("tissue_only", ValueForm.FLAG);
    public static final Key<Boolean> MEASUREMENTS = new Key<>("measurements", ValueForm.FLAG);
    public static final OptionalKey<Integer> N_THREADS = new OptionalKey<>("n_threads", ValueForm.WHOLE);
    public static final Key<Boolean> SKIP_UNREADABLE = new Key<>("skip_unreadable", ValueForm.FLAG);
    public static final Key<Boolean> SPARSE = new Key<>("sparse", ValueForm.FLAG);

    /** Of slides: names, stains or numbers, in the place of {@link #CHANNELS}. */
    public static final OptionalKey<String> SLIDE_CHANNELS = new OptionalKey<>("channels", ValueForm.TEXT);

    public static final Key<Double> CELL_EXPANSION = new Key<>("cell_expansion", ValueForm.NUMBER);
    public static final Key<Boolean> SHAPE_FEATURES = new Key<>("shape_features", ValueForm.FLAG);
    public static final Key<Boolean> INTENSITY_FEATURES = new Key<>("intensity_features", ValueForm.FLAG);
    public static final OptionalKey<String> LEARN = new OptionalKey<>("learn", ValueForm.TEXT);
    public static final Key<String> DETECTIONS = new Key<>("detections", ValueForm.TEXT);
    public static final Key<Double> VALIDATION_SHARE = new Key<>("validation_share", ValueForm.NUMBER);

    private Keys() {}
}
